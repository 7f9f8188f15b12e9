"""A browser without a window, signed in as somebody whose second factor was given a moment ago."""

import time

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.test import Client

from jalon.comptes.models import Personne


def navigateur_de(qui: Personne, **options: bool) -> Client:
    """Test client of that person; `raise_request_exception=False` to see the pages of errors."""
    navigateur = Client(**options)  # type: ignore[arg-type]
    navigateur.force_login(qui)
    seance = navigateur.session
    seance["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    seance[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(qui.pk)
    seance.save()
    return navigateur
