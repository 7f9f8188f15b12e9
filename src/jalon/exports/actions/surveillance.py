"""Telling those who watch: the administrators of the organisation, or the OPCO (exigences, T9)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from jalon.courriers.actions import preparer
from jalon.exports.acteurs import acteur_de
from jalon.exports.actions.budget import BudgetDepasse
from jalon.exports.courriels import GrosExport
from jalon.exports.models import Export
from jalon.exports.regles import lignes_en_mots
from jalon.exports.requetes import budget_de
from jalon.exports.surveillance import Constat, administrateurs_de, alerter
from jalon.exports.systeme import ProducteurDExports
from jalon.socle.acteurs import Acteur


@contextmanager
def signaler_le_depassement(siren: str | None, par: Acteur, maintenant: datetime) -> Iterator[None]:
    """Around a transaction: a budget that was passed is told to the OPCO, although the transaction is undone."""
    try:
        yield
    except BudgetDepasse as refus:
        alerter(Constat.BUDGET_DEPASSE, refus.message, siren, par, maintenant)
        raise


def annoncer_un_gros_export(export: Export, lignes: int, maintenant: datetime) -> None:
    """Tell of a file beyond the threshold before anybody can take it, in the caller's transaction."""
    if lignes < budget_de(export.lieu).annonce:
        return
    if export.lieu is not None:
        preparer(GrosExport, export.pk, administrateurs_de(export.lieu, maintenant), le=maintenant)
        return
    qui = acteur_de(export.demandeur_id, None, maintenant) or ProducteurDExports()
    detail = f"L’export «\u00a0{export.libelle}\u00a0» compte {lignes_en_mots(lignes)}. Raison donnée\u00a0: {export.raison}"
    alerter(Constat.GROS_EXPORT, detail, None, qui, maintenant)
