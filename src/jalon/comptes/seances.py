"""Who is behind a request, read by prepared statements: the session and the account, asked at every page of everybody (ADR 23)."""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from jalon.comptes.models import Personne
from jalon.socle.requetes_preparees import curseur_prepare

_SEANCE = f"SELECT session_data FROM {Session._meta.db_table} WHERE session_key = %s AND expire_date > %s"  # noqa: S608
_CHAMPS = [champ.attname for champ in Personne._meta.concrete_fields]
_PERSONNE = (
    f"SELECT {', '.join(str(champ.column) for champ in Personne._meta.concrete_fields)} "  # noqa: S608
    f"FROM {Personne._meta.db_table} WHERE id = %s"
)


class SessionStore(db.SessionStore):
    """Django's sessions in the database; the name is the one that `SESSION_ENGINE` asks for."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, when it is unknown or over, on the clock of the machine."""
        with curseur_prepare() as curseur:
            curseur.execute(_SEANCE, [self.session_key, datetime.fromtimestamp(time.time(), UTC)])
            ligne = curseur.fetchone()
        if ligne is None:
            self._session_key = None
            return {}
        contenu: dict[str, Any] = self.decode(ligne[0])
        return contenu


class Connexion(AuthenticationBackend):
    """django-allauth's sign-in; an account that is closed is nobody."""

    def get_user(self, user_id: UUID) -> Personne | None:
        """The account of a session."""
        with curseur_prepare() as curseur:
            curseur.execute(_PERSONNE, [user_id])
            ligne = curseur.fetchone()
        personne = Personne.from_db("default", _CHAMPS, ligne) if ligne else None
        return personne if personne is not None and self.user_can_authenticate(personne) else None
