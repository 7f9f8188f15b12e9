"""Who calls: a key in the header X-API-KEY, read at each request."""

from django.http import HttpRequest
from ninja.security import APIKeyHeader

from jalon.habilitations.acteurs import ActeurCle
from jalon.socle.horloge import maintenant


class CleDansLEntete(APIKeyHeader):
    """An unknown, expired or revoked key is one same 401."""

    param_name = "X-API-KEY"

    def authenticate(self, request: HttpRequest, key: str | None) -> ActeurCle | None:
        return ActeurCle.authentifier(key, maintenant()) if key else None
