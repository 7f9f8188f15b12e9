"""Jobs of the contact form."""

from jalon.aide.actions import tickets
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache_periodique


@tache_periodique("aide.effacer_tickets", "29 2 * * *")
def effacer_tickets() -> None:
    """Every night: messages whose time is over."""
    tickets.effacer_tickets_anciens(maintenant=maintenant())
