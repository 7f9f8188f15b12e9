"""An adviser takes a request, and asks the company again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.regles import (
    TABLE,
    Attente,
    attente_complement,
    attente_instruction,
)
from jalon.dossiers.requetes import (
    PIECE_COMPLEMENTAIRE,
    dossier_a_traiter,
    libelle_de_piece,
)
from jalon.dossiers.requetes.pieces import codes_admis
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.instruction.actions.communs import CHAMPS_DE_L_ETAT, ecrire_a_l_entreprise, noter_sur
from jalon.instruction.actions.silence import exiger_rien_d_accepte
from jalon.instruction.courriels import ComplementDemande
from jalon.instruction.regles import libelles_demandes, refus_de_demande
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible

ATTRIBUABLES = frozenset({EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER})


def prendre_en_charge(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Open a request that was sent: it is examined by this adviser. An adviser may take over from another.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        if dossier.etat == EtatDossier.TRANSMIS:
            dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=attente_de_decision(dossier))
        elif dossier.etat not in {EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER}:
            TABLE.exiger(dossier.etat, EtatDossier.EN_INSTRUCTION)
        if dossier.instructeur_id == par.identite:
            return dossier
        dossier.instructeur_id, dossier.instructeur_nom = par.identite, par.libelle[:200]
        dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "instructeur_id", "instructeur_nom"])
        noter_sur("dossier.pris_en_charge", dossier, par, maintenant)
    return dossier


def attribuer_dossier(*, dossier_id: UUID, conseiller_id: UUID | None, par: Acteur, maintenant: datetime) -> Dossier:
    """Give a request to an adviser of its portefeuille, who may be another one; its state does not change.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible (decided), SaisieRefusee (no such adviser there).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        if dossier.etat not in ATTRIBUABLES:
            raise TransitionImpossible("Ce dossier n’est plus à instruire.")
        en_poste = personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant)
        conseiller = next((p for p in en_poste if p.pk == conseiller_id), None)
        if conseiller is None:
            raise SaisieRefusee("Choisissez un conseiller de ce portefeuille", champ="conseiller")
        if dossier.instructeur_id != conseiller.pk:
            dossier.instructeur_id, dossier.instructeur_nom = conseiller.pk, conseiller.nom_complet[:200]
            dossier.modifie_le = maintenant
            dossier.save(update_fields=["modifie_le", "instructeur_id", "instructeur_nom"])
            noter_sur("dossier.attribue", dossier, par, maintenant, conseiller=conseiller.nom_complet)
    return dossier


def attente_de_decision(dossier: Dossier) -> Attente:
    """What the OPCO must do, counted from the day when the request was complete."""
    complet_le = dossier.complet_le or dossier.etat_depuis
    return attente_instruction(jour_de_paris(complet_le), dispositif_de(dossier.dispositif).delai_decision)


def demander_complement(
    *,
    dossier_id: UUID,
    pieces: Sequence[str],
    cases: Sequence[str],
    message: str,
    echeance: date,
    par: Acteur,
    maintenant: datetime,
) -> DemandeComplement:
    """Ask the company for documents and answers again: those only are reopened, until a day.

    After a refusal by silence, the request is examined again: the delay runs anew from the day when it is complete (ADR 36).
    `pieces`: codes of the declaration, or « complementaire »; `cases`: « section », « section.champ » or « section.rang.champ ».
    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible, SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.A_COMPLETER)
        exiger_rien_d_accepte(dossier, maintenant)
        declaration = dispositif_de(dossier.dispositif)
        refus = refus_de_demande(
            declaration,
            pieces=pieces,
            cases=cases,
            lignes=_lignes(dossier),
            message=message,
            echeance=echeance,
            jour=jour_de_paris(maintenant),
            pieces_libres=(PIECE_COMPLEMENTAIRE,),
        )
        if refus:
            raise SaisiesRefusees(refus)
        demande = DemandeComplement(
            dossier=dossier,
            pieces=list(dict.fromkeys(pieces)),
            cases=list(dict.fromkeys(cases)),
            message=message.strip(),
            echeance=echeance,
            demandee_par=par.identite,
            demandee_par_nom=par.libelle[:200],
            le=maintenant,
        ).porter(dossier.portee_des_suites)
        demande.save(force_insert=True)
        _redemander_les_pieces(dossier, declaration, demande)
        _attendre_l_entreprise(dossier, declaration, demande, par, maintenant)
    return demande


def _attendre_l_entreprise(
    dossier: Dossier, declaration: Dispositif, demande: DemandeComplement, par: Acteur, maintenant: datetime
) -> None:
    """Say what is waited for, until which day, to everybody who reads the request."""
    objets = [libelle_de_piece(declaration, c) for c in demande.pieces] + libelles_demandes(declaration, demande.cases)
    dossier.avancer(EtatDossier.A_COMPLETER, le=maintenant, attente=attente_complement(demande.echeance, objets))
    dossier.save(update_fields=CHAMPS_DE_L_ETAT)
    echeance = formater_date(demande.echeance)
    noter_sur("dossier.complement_demande", dossier, par, maintenant, echeance=echeance, objets=", ".join(objets))
    ecrire_a_l_entreprise(ComplementDemande, dossier, maintenant)


def _lignes(dossier: Dossier) -> dict[str, int]:
    """Number of rows of each repeated section of the content."""
    contenu: dict[str, Any] = dossier.contenu or {}
    return {code: len(rubrique) for code, rubrique in contenu.items() if isinstance(rubrique, list)}


def _redemander_les_pieces(dossier: Dossier, declaration: Dispositif, demande: DemandeComplement) -> None:
    """The documents in force under these codes are to be replaced; the reason is that of the demand."""
    codes = codes_admis(declaration, demande.pieces)
    pieces = PieceDeposee.objects.tous("complément sur un dossier déjà obtenu par sa porte")
    pieces.filter(dossier=dossier, code__in=codes, etat=EtatPiece.DEPOSEE).update(
        etat=EtatPiece.A_REMPLACER, motif=demande.message[:500]
    )
