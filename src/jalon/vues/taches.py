"""Jobs: each calls one action."""

from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache_periodique
from jalon.vues.actions import alertes, recapitulatifs


@tache_periodique("vues.preparer_recapitulatifs", "11 5-9 * * *")
def preparer_recapitulatifs() -> None:
    """Digests that are due; tried again each hour of the morning, so that a worker that was down loses none."""
    recapitulatifs.preparer_recapitulatifs(maintenant=maintenant())


@tache_periodique("vues.annoncer_alertes", "*/10 * * * *")
def annoncer_alertes() -> None:
    """Every ten minutes: what came into the views that are followed."""
    alertes.annoncer_alertes(maintenant=maintenant())


@tache_periodique("vues.oublier_recapitulatifs", "47 2 * * *")
def oublier_recapitulatifs() -> None:
    """Every night: those whose time is over."""
    recapitulatifs.oublier_recapitulatifs(maintenant=maintenant())
