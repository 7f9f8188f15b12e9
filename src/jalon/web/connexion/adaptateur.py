"""What follows an identity proved by the server: sign in, link, or refuse; and what is said when it is not proved."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from jalon.comptes.actions import lier_identite
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.erreurs import ErreurMetier, SecondFacteurRequis
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import exiger_second_facteur_recent
from jalon.web.connexion.fournisseur import ComptesLies, nom_du_service

trace = logging.getLogger(__name__)


class Adaptateur(ComptesLies):
    """No account is made, and none is found by its address: somebody signed in links hers, then signs in by it."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link, or let allauth sign in an identity that is linked; anything else ends here."""
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(self._lier(request, sociallogin))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(redirect("openid_inconnue"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: an account begins with an address that answers a code."""
        del request, sociallogin
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Back to where the person came from, with one sentence; the reason goes to the log, without any token."""
        del provider, extra_context
        trace.warning("identité refusée (%s) : %s", error, exception)
        messages.error(
            request, f"{nom_du_service()} n’a pas confirmé votre identité. Recommencez, ou connectez-vous par mot de passe."
        )
        raise ImmediateHttpResponse(redirect("openid_identite" if request.user.is_authenticated else "account_login"))

    @staticmethod
    def _lier(request: HttpRequest, sociallogin: SocialLogin) -> Any:
        if not request.user.is_authenticated:
            return redirect("account_login")
        try:
            exiger_second_facteur_recent(request)
            acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
            compte = sociallogin.account
            lier_identite(
                fournisseur=compte.provider, identite=compte.uid, preuve=compte.extra_data, par=acteur, maintenant=maintenant()
            )
        except SecondFacteurRequis:
            messages.error(request, "Votre confirmation date de plus de cinq minutes. Recommencez.")
        except ErreurMetier as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, f"Vous pourrez vous connecter par {nom_du_service()}.")
        return redirect("openid_identite")
