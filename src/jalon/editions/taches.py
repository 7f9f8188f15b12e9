"""Jobs of the editions."""

from jalon.editions import actions
from jalon.socle.travaux import tache_periodique


@tache_periodique("editions.retirer_orphelines", "53 2 * * *")
def retirer_orphelines() -> None:
    """Every night: contents without a row."""
    actions.retirer_orphelines()
