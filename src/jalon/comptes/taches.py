"""Jobs of the accounts."""

from jalon.comptes import actions
from jalon.socle.horloge import heure_reelle, maintenant
from jalon.socle.travaux import tache_periodique


@tache_periodique("comptes.oublier_seances", "19 3 * * *")
def oublier_seances() -> None:
    """Every night: sessions that are over, by the clock of the machine, which dated them; then browsers unseen for 13 months."""
    actions.oublier_seances(maintenant=heure_reelle(maintenant()))
    actions.oublier_appareils(maintenant=maintenant())
