"""Jobs of the queue of e-mails."""

from uuid import UUID

from jalon.courriers import actions
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache("courriers.envoyer", file="courriels")
def envoyer_courriel(*, courriel_id: str) -> None:
    """Send one e-mail."""
    actions.envoyer_courriel(courriel_id=UUID(courriel_id), maintenant=maintenant())


@tache_periodique("courriers.oublier_courriels", "37 2 * * *")
def oublier_courriels() -> None:
    """Every night: rows and files whose time is over."""
    actions.oublier_courriels(maintenant=maintenant())
