"""Length of a session: 30 minutes without a click, 10 hours at most (exigences, T17); what a password alone may not change."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.comptes.actions import noter_passage
from jalon.comptes.models import Personne
from jalon.comptes.requetes import second_facteur_installe, second_facteur_tout_neuf
from jalon.socle.confirmation import VALIDITE_SECOND_FACTEUR
from jalon.socle.horloge import heure_reelle, maintenant
from jalon.web.composants.acces import page_de_confirmation, second_facteur_recent

PAS_D_ECRITURE = 60
MOYENS = frozenset(
    {
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    }
)  # fmt: skip
MOYENS_ENVOYES = frozenset({"account_email", "account_change_password", "account_set_password"})
"""allauth asks the password again before these; whoever holds a second factor gives that, or a stolen password removes it."""
CODES_DE_SECOURS = "mfa_view_recovery_codes"
"""Shown as soon as the first second factor is set up: its code was just typed, another would have to be waited for."""
SANS_GESTE = "notifications_nombre"
"""The bell asks by itself every minute: nobody has clicked."""
CLE_VUE = "vue_a"
CLE_DEBUT = "debut_a"


class IntergicielSeance:
    """Signs out what is too old; writes the last activity at most once a minute."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            self._surveiller(request)
        return self.suite(request)

    @staticmethod
    def _surveiller(request: HttpRequest) -> None:
        instant = int(time.time())
        debut = request.session.setdefault(CLE_DEBUT, instant)
        vue = request.session.setdefault(CLE_VUE, instant)
        trop_longue = instant - debut > settings.JALON_SEANCE_MAXIMUM
        if trop_longue or instant - vue > settings.JALON_SEANCE_INACTIVITE:
            logout(request)
        elif instant - vue >= PAS_D_ECRITURE and request.path != reverse(SANS_GESTE):
            request.session[CLE_VUE] = instant
            noter_passage(cle_de_seance=request.session.session_key or "", maintenant=heure_reelle(maintenant()))


class IntergicielMoyens:
    """The means of signing in change behind the second factor, less than five minutes old, of whoever has one (T5, T14)."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_view(self, request: HttpRequest, vue: object, args: object, parametres: object) -> HttpResponse | None:
        """A detour by the confirmation, back to the page."""
        del vue, args, parametres
        nom = request.resolver_match.url_name if request.resolver_match else None
        vise = nom in MOYENS or (nom in MOYENS_ENVOYES and request.method == "POST")
        if not vise or not isinstance(request.user, Personne) or not second_facteur_installe(request.user.id):
            return None
        if second_facteur_recent(request) or (nom == CODES_DE_SECOURS and _vient_d_etre_installe(request.user)):
            return None
        return redirect(f"{reverse(page_de_confirmation(request))}?{urlencode({'next': request.path})}")


def _vient_d_etre_installe(personne: Personne) -> bool:
    return second_facteur_tout_neuf(personne.id, heure_reelle(maintenant()) - VALIDITE_SECOND_FACTEUR)
