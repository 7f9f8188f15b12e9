"""What Jalon changes in django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from jalon.socle.chiffre import chiffrer, dechiffrer

PROPRIETAIRE_SECRETS = "second-facteur"


class AdaptateurComptes(DefaultAccountAdapter):
    """Addresses in lower case; where to go after sign-in is the home page's matter."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()


class AdaptateurSecondFacteur(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return chiffrer(text, PROPRIETAIRE_SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return dechiffrer(encrypted_text, PROPRIETAIRE_SECRETS)
