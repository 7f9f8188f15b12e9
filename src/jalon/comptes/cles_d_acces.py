"""What is said of a passkey that is not accepted: allauth says « Incorrect code » of it, as of six digits."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms

CLE_REFUSEE = (
    "Votre clé d’accès n’a pas répondu, ou n’a pas vérifié que c’est bien vous (empreinte, visage ou code de l’appareil). "
    "Recommencez, ou prenez votre autre second facteur"
)


class _DitPourquoi(AuthenticateWebAuthnForm):
    """Some pages show the form, others only repeat its words."""

    def clean_credential(self) -> Authenticator:
        """Raises ValidationError (unknown key, wrong signature, or a key that did not verify who holds it)."""
        try:
            return super().clean_credential()
        except forms.ValidationError as refus:
            if refus.code != "incorrect_code":
                raise
            raise forms.ValidationError(f"{CLE_REFUSEE}.", code="cle_refusee") from refus


class FormulaireSecondFacteur(_DitPourquoi):
    """After the password."""


class FormulaireConnexion(_DitPourquoi, LoginWebAuthnForm):
    """The key alone."""


class FormulaireConfirmation(_DitPourquoi, ReauthenticateWebAuthnForm):
    """Within five minutes of a sensitive act."""
