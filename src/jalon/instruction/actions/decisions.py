"""An adviser grants or refuses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Estimation
from jalon.dispositifs.lecture import accorder
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.reponses import clore_sans_suite
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import (
    SANS_ATTENTE,
    TABLE,
    attente_accord,
)
from jalon.dossiers.requetes import (
    contenu_en_clair,
    contexte_de,
    dossier_a_traiter,
)
from jalon.engagements.actions import engager
from jalon.instruction.actions.communs import CHAMPS_DE_L_ETAT, ecrire_a_l_entreprise, noter_sur
from jalon.instruction.actions.silence import constater_le_silence, exiger_rien_d_accepte
from jalon.instruction.courriels import DossierRefuse
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus, SensDecision
from jalon.instruction.models import Decision
from jalon.instruction.regles import refus_de_texte
from jalon.instruction.requetes.controles import ControleVu, controles_de
from jalon.messagerie.actions import ouvrir_fil
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from jalon.socle.identifiants import grouper
from jalon.socle.montants import formater_montant

LONGUEUR_COMMENTAIRE = 1000


def accorder_dossier(
    *, dossier_id: UUID, montants_par_ligne: Mapping[str, Decimal], commentaire: str = "", par: Acteur, maintenant: datetime
) -> Decision:
    """Grant a request: an amount for each line (poste -> euros HT), frozen with the version of the barème, and engaged at once.

    Still possible after the OPCO's silence: a new decision after a refusal, what engages the money after an acceptance.
    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (state, company still to be verified, yearly budget),
    SaisiesRefusees (by poste), SaisieRefusee (nothing granted).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        if len(commentaire) > LONGUEUR_COMMENTAIRE:
            raise SaisiesRefusees({"commentaire": f"Écrivez {LONGUEUR_COMMENTAIRE}\u00a0caractères au plus"})
        TABLE.exiger(dossier.etat, EtatDossier.ACCORDE)
        return accorder_sous_verrou(
            dossier=dossier,
            montants=montants_par_ligne,
            controles=controles_de(dossier, maintenant),
            commentaire=commentaire.strip(),
            par=par,
            maintenant=maintenant,
        )


def accorder_sous_verrou(
    *,
    dossier: Dossier,
    montants: Mapping[str, Decimal],
    controles: Iterable[ControleVu],
    commentaire: str = "",
    automatique: bool = False,
    par: Acteur,
    maintenant: datetime,
) -> Decision:
    """The grant itself, of a request that the caller has locked and may grant; `controles` are kept with it.

    Raises: TransitionImpossible (state, company still to be verified, yearly budget), SaisiesRefusees (by poste), SaisieRefusee.
    """
    TABLE.exiger(dossier.etat, EtatDossier.ACCORDE)
    exiger_organisation_verifiee(dossier)
    declaration, contenu, contexte = (
        dispositif_de(dossier.dispositif),
        contenu_en_clair(dossier),
        contexte_de(dossier, maintenant),
    )
    implicite = constater_le_silence(dossier, maintenant)
    if implicite is not None and not implicite.refuse:
        _exiger_ce_qui_est_accepte(declaration.financement(contenu, contexte), montants)
    estimation = accorder(declaration, contenu, contexte, montants)
    engagement = engager(dossier=dossier, estimation=estimation, commentaire=commentaire, par=par, maintenant=maintenant)
    trace = [controle.en_trace(jour_de_paris(maintenant)) for controle in controles]
    decision = _decider(
        dossier, SensDecision.ACCORD, "", commentaire, estimation, par, maintenant, controles=trace, automatique=automatique
    )
    dossier.accorde_le = maintenant
    dossier.montant_accorde, dossier.montant_a_payer = engagement.montant_ht, engagement.montant_a_payer
    dossier.fil_prestataire = ouvrir_fil(maintenant=maintenant) if dossier.prestataire_siren else None
    dossier.avancer(EtatDossier.ACCORDE, le=maintenant, attente=attente_accord(estimation.mode_paiement))
    dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "accorde_le", "montant_accorde", "montant_a_payer", "fil_prestataire"])
    evenement = "dossier.accorde_automatiquement" if automatique else "dossier.accorde"
    noter_sur(evenement, dossier, par, maintenant, montant=formater_montant(engagement.montant_ht))
    return decision


def _exiger_ce_qui_est_accepte(estimation: Estimation, montants: Mapping[str, Decimal]) -> None:
    """Silence accepted the whole: confirming it never takes anything back. Raises SaisiesRefusees, by poste."""
    phrase = "Le silence de l’OPCO a accepté cette ligne\u00a0: accordez {montant} au moins"
    refus = {
        ligne.poste: phrase.format(montant=formater_montant(ligne.montant_ht))
        for ligne in estimation.lignes
        if montants.get(ligne.poste, ligne.montant_ht) < ligne.montant_ht
    }
    if refus:
        raise SaisiesRefusees(refus)


def exiger_organisation_verifiee(dossier: Dossier) -> None:
    """Raise TransitionImpossible while the SIREN of the company, or of the provider, waits for a proof."""
    for siren in filter(None, (dossier.siren, dossier.prestataire_siren)):
        trouvee = organisation(siren)
        if trouvee is not None and trouvee.a_verifier:
            raise TransitionImpossible(
                f"Le SIREN {grouper(siren)} n’est pas encore vérifié\u00a0: vérifiez l’organisation avec une preuve, puis accordez."
            )


def refuser_dossier(*, dossier_id: UUID, motif: MotifRefus, texte: str, par: Acteur, maintenant: datetime) -> Decision:
    """Refuse a request, with a motive of the list and words for the company. What the OPCO's silence accepted is not refused any more.

    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible, SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.REFUSE)
        exiger_rien_d_accepte(dossier, maintenant)
        refus = refus_de_texte(texte, "texte", "Expliquez le refus à l’entreprise")
        if motif not in LIBELLES_MOTIFS:
            refus["motif"] = "Choisissez le motif du refus"
        if refus:
            raise SaisiesRefusees(refus)
        decision = _decider(dossier, SensDecision.REFUS, motif, texte.strip(), None, par, maintenant)
        clore_sans_suite(dossier, maintenant)
        dossier.avancer(EtatDossier.REFUSE, le=maintenant, attente=SANS_ATTENTE)
        dossier.save(update_fields=CHAMPS_DE_L_ETAT)
        noter_sur("dossier.refuse", dossier, par, maintenant, motif=LIBELLES_MOTIFS[MotifRefus(motif)])
        ecrire_a_l_entreprise(DossierRefuse, dossier, maintenant)
    return decision


def _decider(
    dossier: Dossier,
    sens: SensDecision,
    motif: str,
    texte: str,
    estimation: Estimation | None,
    par: Acteur,
    maintenant: datetime,
    *,
    controles: Sequence[Mapping[str, object]] = (),
    automatique: bool = False,
) -> Decision:
    lignes = estimation.lignes if estimation else ()
    decision = Decision(
        dossier=dossier,
        sens=sens.value,
        motif=motif,
        texte=texte,
        bareme_reference=estimation.bareme_reference if estimation else "",
        contenu_version=dossier.contenu_version,
        lignes=[
            {"poste": x.poste, "libelle": x.libelle, "demande": x.montant_demande, "accorde": x.montant_ht, "motif": x.motif}
            for x in lignes
        ],
        controles=list(controles),
        automatique=automatique,
        par=par.identite,
        par_nom=par.libelle[:200],
        le=maintenant,
    ).porter(dossier.portee_des_suites)
    decision.save(force_insert=True)
    return decision
