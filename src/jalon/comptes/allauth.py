"""What Jalon changes in django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from jalon.socle.chiffre import chiffrer, dechiffrer

PROPRIETAIRE_SECRETS = "second-facteur"


class AdaptateurComptes(DefaultAccountAdapter):  # type: ignore[misc]
    """Addresses in lower case; where to go after sign-in is the home page's matter."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """The peer's address: X-Forwarded-For is written by the client and never trusted here (exigences, S3)."""
        return str(request.META.get("REMOTE_ADDR", ""))


class AdaptateurSecondFacteur(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return chiffrer(text, PROPRIETAIRE_SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return dechiffrer(encrypted_text, PROPRIETAIRE_SECRETS)
