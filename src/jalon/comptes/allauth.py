"""What Jalon changes in django-allauth."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jalon.comptes.actions import reconnaitre_appareil
from jalon.comptes.appareils import COOKIE_APPAREIL, MEMOIRE_D_UN_APPAREIL, SEL_APPAREIL
from jalon.comptes.models import Personne
from jalon.socle.chiffre import chiffrer, dechiffrer
from jalon.socle.horloge import maintenant

PROPRIETAIRE_SECRETS = "second-facteur"


def nom_du_cookie() -> str:
    """The cookie of the browser, bound to our host wherever the connection is encrypted."""
    return f"__Host-{COOKIE_APPAREIL}" if settings.SESSION_COOKIE_SECURE else f"jalon_{COOKIE_APPAREIL}"


class AdaptateurComptes(DefaultAccountAdapter):
    """Addresses in lower case; where to go after sign-in is the home page's matter."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def post_login(  # type: ignore[override]
        self, request: HttpRequest, user: Personne, *, signup: bool, **suite: Any
    ) -> HttpResponse:
        """Recognise the browser by its signed cookie, given for thirteen months; a number of a year ago is given again."""
        reponse: HttpResponse = super().post_login(request, user, signup=signup, **suite)
        duree = int(MEMOIRE_D_UN_APPAREIL.total_seconds())
        jeton = request.get_signed_cookie(nom_du_cookie(), default="", salt=SEL_APPAREIL, max_age=duree) or secrets.token_urlsafe(
            24
        )
        agent = request.headers.get("User-Agent", "")
        reconnaitre_appareil(personne=user, jeton=jeton, agent=agent, annoncer=not signup, maintenant=maintenant())
        reponse.set_signed_cookie(
            nom_du_cookie(), jeton, salt=SEL_APPAREIL, max_age=duree, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
            samesite="Lax",
        )  # fmt: skip
        return reponse


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return chiffrer(text, PROPRIETAIRE_SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return dechiffrer(encrypted_text, PROPRIETAIRE_SECRETS)
