"""Jobs: each calls one action."""

from jalon.notifications.actions import lectures, recapitulatifs, suivi
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache_periodique


@tache_periodique("notifications.lire_le_journal", "* * * * *")
def lire_le_journal() -> None:
    """Every minute: what was written since."""
    suivi.lire_le_journal(maintenant=maintenant())


@tache_periodique("notifications.preparer_les_courriels_du_jour", "21 5-9 * * *")
def preparer_les_courriels_du_jour() -> None:
    """The mail of the day; tried again each hour of the morning, so that a worker that was down loses none."""
    recapitulatifs.preparer_les_courriels_du_jour(maintenant=maintenant())


@tache_periodique("notifications.oublier_notifications", "53 2 * * *")
def oublier_notifications() -> None:
    """Every night: those whose ninety days are over."""
    lectures.oublier_notifications(maintenant=maintenant())
