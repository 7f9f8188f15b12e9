"""Jobs of the exports."""

from uuid import UUID

from jalon.exports.actions.production import produire_export
from jalon.exports.actions.purge import purger_exports, retirer_orphelins
from jalon.exports.actions.suite import TACHE
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(TACHE, file="exports")
def produire(*, export_id: str) -> None:
    """Make the file of one export."""
    produire_export(export_id=UUID(export_id), horloge=maintenant)


@tache_periodique("exports.purger", "*/10 * * * *")
def purger() -> None:
    """Every ten minutes: files whose seven days are over."""
    purger_exports(maintenant=maintenant())


@tache_periodique("exports.retirer_orphelins", "11 3 * * *")
def retirer_sans_ligne() -> None:
    """Every night: contents without a row."""
    retirer_orphelins()
