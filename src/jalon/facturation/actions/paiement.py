"""What a batch of transfers does to the invoices it holds. Called by `reglements`, in its transaction, under its locks."""

from collections.abc import Iterable
from datetime import datetime

from jalon.facturation.actions.commun import noter_facture, reporter
from jalon.facturation.actions.trop_percus import constater_trop_percus
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.facturation.requetes.factures import dossier_de
from jalon.socle.acteurs import Acteur

APRES_UN_RECALCUL = "facture réglée après un recalcul de l’accord"


def mettre_en_paiement(*, factures: Iterable[Facture], lot: str, par: Acteur, maintenant: datetime) -> None:
    """Accepted invoices, already locked, enter a batch. Raises TransitionImpossible."""
    _avancer(factures, EtatFacture.ACCEPTEE, EtatFacture.EN_PAIEMENT, "facture.en_paiement", par, maintenant, lot=lot)


def retirer_du_paiement(*, factures: Iterable[Facture], lot: str, par: Acteur, maintenant: datetime) -> None:
    """Invoices, already locked, leave a batch before it was sent to the bank. Raises TransitionImpossible."""
    _avancer(factures, EtatFacture.EN_PAIEMENT, EtatFacture.ACCEPTEE, "facture.retiree_du_paiement", par, maintenant, lot=lot)


def marquer_reglees(*, factures: Iterable[Facture], reference: str, par: Acteur, maintenant: datetime) -> None:
    """Invoices, already locked as their requests are, were paid by the bank. Raises TransitionImpossible."""
    reglees = list(factures)
    _avancer(reglees, EtatFacture.EN_PAIEMENT, EtatFacture.REGLEE, "facture.reglee", par, maintenant, reference=reference)
    for dossier_id in sorted({f.engagement.dossier_id for f in reglees}):
        reporter(dossier_id, maintenant)
    recalcules = {f.engagement_id: f.engagement for f in reglees if f.engagement.version > 1}
    for engagement in recalcules.values():
        constater_trop_percus(engagement, APRES_UN_RECALCUL, par, maintenant)


def _avancer(
    factures: Iterable[Facture],
    depuis: EtatFacture,
    vers: EtatFacture,
    code: str,
    par: Acteur,
    maintenant: datetime,
    **details: object,
) -> None:
    for facture in factures:
        facture.avancer(vers, depuis)
        facture.etat_depuis = maintenant
        facture.save(update_fields=["etat", "etat_depuis"])
        noter_facture(code, facture, dossier_de(facture), par, maintenant, **details)
