"""An adviser answers a change that the company asks: the box is opened again by a complement, or the change is refused."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.echanges import ecrire_dans_le_fil
from jalon.dossiers.enums import EtatDossier, EtatModification
from jalon.dossiers.models import DemandeComplement, DemandeModification, Dossier
from jalon.dossiers.regles import TABLE, cases_liees
from jalon.dossiers.requetes import complement_en_cours, dossier_a_traiter, modification_accessible
from jalon.instruction.actions.communs import noter_sur
from jalon.instruction.actions.complements import ouvrir_la_demande
from jalon.instruction.actions.silence import exiger_rien_d_accepte
from jalon.instruction.regles import lire_motif
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import TransitionImpossible


def accepter_modification(
    *, dossier_id: UUID, modification_id: UUID, echeance: date, par: Acteur, maintenant: datetime
) -> DemandeComplement:
    """Open the box again: by a new complement until that day, or by the one that is already waited for, whose day stays.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible (answered already, not taken in charge, decided),
    SaisiesRefusees (the day).
    """
    with transaction.atomic():
        dossier, modification = _ouvrir(dossier_id, modification_id, par)
        en_cours = complement_en_cours(dossier) if dossier.etat == EtatDossier.A_COMPLETER else None
        demande = (
            _ajouter(dossier, en_cours, modification)
            if en_cours is not None
            else _demander(dossier, modification, echeance, par, maintenant)
        )
        _decider(modification, EtatModification.ACCEPTEE, par, maintenant)
        noter_sur("modification.acceptee", dossier, par, maintenant, objet=modification.libelle)
    return demande


def refuser_modification(
    *, dossier_id: UUID, modification_id: UUID, motif: str, par: Acteur, maintenant: datetime
) -> DemandeModification:
    """Leave the answer as it is, and say why in the thread.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible (answered already), SaisieRefusee (no reason).
    """
    with transaction.atomic():
        dossier, modification = _ouvrir(dossier_id, modification_id, par)
        raison = lire_motif(motif, "Indiquez pourquoi vous refusez cette modification")
        _decider(modification, EtatModification.REFUSEE, par, maintenant, raison)
        corps = f"Modification refusée\u00a0: {modification.libelle}\nMotif\u00a0: {raison}"
        ecrire_dans_le_fil(dossier=dossier, fil=dossier.fil_id, cote=Cote.OPCO, corps=corps, par=par, maintenant=maintenant)
        noter_sur("modification.refusee", dossier, par, maintenant, objet=modification.libelle, motif=raison)
    return modification


def _ouvrir(dossier_id: UUID, modification_id: UUID, par: Acteur) -> tuple[Dossier, DemandeModification]:
    dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
    modification = modification_accessible(dossier, modification_id, par)
    if modification.etat != EtatModification.DEMANDEE:
        raise TransitionImpossible(f"Cette demande a déjà sa réponse\u00a0: {modification.libelle_etat.lower()}.")
    return dossier, modification


def _decider(
    modification: DemandeModification, etat: EtatModification, par: Acteur, maintenant: datetime, reponse: str = ""
) -> None:
    modification.etat, modification.reponse = etat.value, reponse
    modification.decidee_par_nom, modification.decidee_le = par.libelle[:200], maintenant
    modification.save(update_fields=["etat", "reponse", "decidee_par_nom", "decidee_le"])


def _demander(
    dossier: Dossier, modification: DemandeModification, echeance: date, par: Acteur, maintenant: datetime
) -> DemandeComplement:
    if dossier.etat == EtatDossier.TRANSMIS:
        raise TransitionImpossible("Prenez d’abord le dossier en charge\u00a0: la réponse se rouvre ensuite.")
    TABLE.exiger(dossier.etat, EtatDossier.A_COMPLETER)
    exiger_rien_d_accepte(dossier, maintenant)
    demande = DemandeComplement(
        dossier=dossier,
        cases=[modification.chemin],
        motifs={modification.chemin: _motif(modification)},
        echeance=echeance,
        demandee_par=par.identite,
        demandee_par_nom=par.libelle[:200],
        le=maintenant,
        version=dossier.contenu_version,
    ).porter(dossier.portee_des_suites)
    ouvrir_la_demande(dossier, demande, par, maintenant)
    return demande


def _ajouter(dossier: Dossier, demande: DemandeComplement, modification: DemandeModification) -> DemandeComplement:
    """To what is already waited for."""
    demande.cases = list(dict.fromkeys([*demande.cases, modification.chemin]))
    demande.liees = cases_liees(dispositif_de(dossier.dispositif), demande.cases)
    demande.motifs = {modification.chemin: _motif(modification), **demande.motifs}
    demande.save(update_fields=["cases", "liees", "motifs"])
    return demande


def _motif(modification: DemandeModification) -> str:
    return f"à votre demande. {modification.motif}"[:500]
