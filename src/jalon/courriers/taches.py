"""Jobs of the queue of e-mails."""

from uuid import UUID

from jalon.courriers import actions
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache


@tache("courriers.envoyer", file="courriels")
def envoyer_courriel(*, courriel_id: str) -> None:
    """Send one e-mail."""
    actions.envoyer_courriel(courriel_id=UUID(courriel_id), maintenant=maintenant())
