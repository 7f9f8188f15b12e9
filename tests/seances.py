"""A browser without a window, signed in as somebody who confirmed who she is a moment ago."""

import time

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.test import Client

from jalon.comptes.models import Personne


def navigateur_de(qui: Personne, methode: str = "mfa", **options: bool) -> Client:
    """Test client of that person, confirmed by « mfa » or « password »; `raise_request_exception=False` to see the pages of errors."""
    navigateur = Client(**options)  # type: ignore[arg-type]
    navigateur.force_login(qui)
    seance = navigateur.session
    preuve = {"method": methode, "at": time.time(), "type": "totp", "reauthenticated": True}
    seance["account_authentication_methods"] = [preuve]
    seance[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(qui.pk)
    seance.save()
    return navigateur
