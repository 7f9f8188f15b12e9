"""Upkeep of the accounts."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef


def oublier_seances(*, maintenant: datetime) -> int:
    """Delete the sessions that are over, and what was noted of their browser (address, name of the program)."""
    nombre, _ = Session.objects.filter(expire_date__lt=maintenant).delete()
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
    return nombre
