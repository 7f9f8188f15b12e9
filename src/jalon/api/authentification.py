"""Who calls: a key in the header X-API-KEY, read at each request."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import APIKeyHeader

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.actions.authentification import authentifier_cle
from jalon.socle.acteurs import Droit
from jalon.socle.horloge import maintenant


class CleDansLEntete(APIKeyHeader):
    """An unknown key is one same 401; the holder of a key that was given is told why it is refused."""

    param_name = "X-API-KEY"

    def authenticate(self, request: HttpRequest, key: str | None) -> ActeurCle | None:
        """Raises CleRefusee (401), DroitManquant (403: address)."""
        return authentifier_cle(cle=key, adresse=_adresse(request), maintenant=maintenant()) if key else None


def _adresse(request: HttpRequest) -> str:
    """Address of the caller, through the proxies that are trusted; empty when it is not known, and then in no list."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""


def appelant(request: HttpRequest, *droits: Droit) -> ActeurCle:
    """The program behind the request, whose key has one of these scopes. Raises DroitManquant."""
    acteur: ActeurCle = request.auth  # type: ignore[attr-defined]
    acteur.exiger_un_droit(*droits)
    return acteur
