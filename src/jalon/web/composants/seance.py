"""Length of a session: 30 minutes without a click, 10 hours at most (exigences, T17)."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from jalon.comptes.actions import noter_passage
from jalon.socle.horloge import heure_reelle, maintenant

PAS_D_ECRITURE = 60
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
        elif instant - vue >= PAS_D_ECRITURE:
            request.session[CLE_VUE] = instant
            noter_passage(cle_de_seance=request.session.session_key or "", maintenant=heure_reelle(maintenant()))
