"""Jobs: each calls one action."""

from jalon.aide.actions import tickets, webinaires
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache_periodique


@tache_periodique("aide.effacer_tickets", "29 2 * * *")
def effacer_tickets() -> None:
    """Every night: messages whose time is over."""
    tickets.effacer_tickets_anciens(maintenant=maintenant())


@tache_periodique("aide.rappeler_webinaires", "13 6-10 * * *")
def rappeler_webinaires() -> None:
    """The day before; tried again each hour of the morning, so that a worker that was down loses none."""
    webinaires.preparer_rappels(maintenant=maintenant())


@tache_periodique("aide.oublier_inscriptions", "33 2 * * *")
def oublier_inscriptions() -> None:
    """Every night: who was registered to webinars long past."""
    webinaires.oublier_inscriptions(maintenant=maintenant())
