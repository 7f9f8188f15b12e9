"""The link that stops the e-mails of notifications."""

from uuid import UUID

from jalon.comptes import jetons
from jalon.comptes.models import Personne

_COURRIEL = "notifications"


def chemin_d_arret(personne_id: UUID) -> str:
    """Path of the page that asks one confirmation, since mail scanners follow links."""
    return f"/courriels/notifications/{jetons.jeton_d_arret(personne_id, _COURRIEL)}/"


def personne_du_jeton(jeton: str) -> Personne:
    """Raises Introuvable: a link that we did not write, an account that is gone."""
    return jetons.personne_du_jeton(jeton, _COURRIEL)
