"""The end of a request that was sent: cancelled before it began, or closed once everything is paid."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.reponses import clore_sans_suite
from jalon.dossiers.branchements import suites_de_l_annulation
from jalon.dossiers.enums import PAYABLES, EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import SANS_ATTENTE, TABLE
from jalon.dossiers.requetes.acces import dossier_a_traiter, dossier_accessible
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible

CHAMPS_DE_LA_FIN = ["etat", "etat_depuis", "modifie_le", "attend_qui", "attend_avant", "attend_motif"]
LONGUEUR_MOTIF = 500


def annuler_dossier(*, dossier_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Dossier:
    """Stop a request before its training begins; what was engaged for it is given back to the company's yearly budget.

    Raises: Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (begun, decided, or already invoiced).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.ENVOI, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.ANNULE)
        raison = _lire_motif(motif)
        _exiger_avant_le_debut(dossier, maintenant)
        for suite in suites_de_l_annulation():
            suite(dossier, par, maintenant)
        clore_sans_suite(dossier, maintenant)
        dossier.avancer(EtatDossier.ANNULE, le=maintenant, attente=SANS_ATTENTE)
        dossier.save(update_fields=CHAMPS_DE_LA_FIN)
        noter(
            "dossier.annule", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details={"motif": raison}
        )
    return dossier


def _exiger_avant_le_debut(dossier: Dossier, maintenant: datetime) -> None:
    """Raise TransitionImpossible once it has begun, with what is done instead: a contract is broken, not cancelled."""
    if dossier.date_debut is None or dossier.date_debut > jour_de_paris(maintenant):
        return
    debut = formater_date(dossier.date_debut)
    if dispositif_de(dossier.dispositif).vie is None:
        raise TransitionImpossible(f"La formation a commencé le {debut}\u00a0: écrivez à l’OPCO dans les échanges du dossier.")
    suite = "déclarez sa rupture" if dossier.etat == EtatDossier.ACCORDE else "écrivez à l’OPCO dans les échanges du dossier"
    raise TransitionImpossible(f"Le contrat a commencé le {debut}\u00a0: il ne s’annule plus, {suite}.")


def _lire_motif(motif: str) -> str:
    raison = " ".join(motif.split())
    if not raison:
        raise SaisieRefusee("Indiquez pourquoi vous annulez ce dossier", champ="motif")
    if len(raison) > LONGUEUR_MOTIF:
        raise SaisieRefusee(f"Le motif comporte {LONGUEUR_MOTIF} caractères au plus", champ="motif")
    return raison


def reporter_montants(*, dossier_id: UUID, facture: Decimal, paye: Decimal, maintenant: datetime) -> Dossier:
    """Copy what was invoiced and paid onto a request (called by `facturation`, in its transaction, under the lock of the request).

    Once everything that may be paid is paid, the request is closed.
    Raises LookupError when the request does not exist.
    """
    with transaction.atomic():
        dossiers = Dossier.objects.tous("montants reportés par la facturation, sous le verrou du dossier")
        dossier: Dossier | None = dossiers.select_for_update(of=("self",)).defer("recherche").filter(pk=dossier_id).first()
        if dossier is None:
            raise LookupError(f"dossier {dossier_id}")
        dossier.montant_facture, dossier.montant_paye, dossier.modifie_le = facture, paye, maintenant
        dossier.save(update_fields=["montant_facture", "montant_paye", "modifie_le"])
        if dossier.etat in PAYABLES and dossier.montant_a_payer is not None and paye >= dossier.montant_a_payer:
            _solder(dossier, ActeurSysteme("tout est payé"), maintenant)
    return dossier


def reporter_accord(*, dossier_id: UUID, accorde: Decimal, a_payer: Decimal, maintenant: datetime) -> Dossier:
    """Copy what is granted after a schedule was counted again (called by `engagements`, in its transaction).

    A request is not closed by it: what was paid too much may have to be taken back.
    """
    with transaction.atomic():
        dossiers = Dossier.objects.tous("accord recalculé, sous le verrou du dossier")
        dossier: Dossier = dossiers.select_for_update(of=("self",)).defer("recherche").get(pk=dossier_id)
        dossier.montant_accorde, dossier.montant_a_payer, dossier.modifie_le = accorde, a_payer, maintenant
        dossier.save(update_fields=["montant_accorde", "montant_a_payer", "modifie_le"])
    return dossier


def solder_dossier(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Close a granted request from which nothing more is expected.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible (not granted, or an invoice is not paid yet).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.SOLDE)
        if dossier.montant_facture > dossier.montant_paye:
            raise TransitionImpossible("Une facture de ce dossier n’est pas encore réglée.")
        _solder(dossier, par, maintenant)
    return dossier


def _solder(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    dossier.avancer(EtatDossier.SOLDE, le=maintenant, attente=SANS_ATTENTE)
    dossier.save(update_fields=CHAMPS_DE_LA_FIN)
    noter("dossier.solde", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant)
