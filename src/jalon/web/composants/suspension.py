"""A cut account: no page passes, whatever its session; one page says why, and whom to call (exigences, S5)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from jalon.comptes.models import Personne
from jalon.habilitations.suspensions import SUSPENDU
from jalon.socle.erreurs import AccesSuspendu
from jalon.web.composants.acces import Regle, Sorte
from jalon.web.composants.erreurs import repondre

TOUJOURS_OUVERTES = frozenset({"account_logout"})


class IntergicielSuspension:
    """Judged before the view, on the account that the session has just read: it costs no query."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    @staticmethod
    def process_view(request: HttpRequest, vue: Callable[..., HttpResponse], _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The page of a cut account; public pages and signing out stay open, those of allauth do not."""
        regle: Regle | None = getattr(vue, "regle", None)
        if regle is not None and regle.sorte in {Sorte.PUBLIC, Sorte.DEMO}:
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in TOUJOURS_OUVERTES:
            return None
        if not isinstance(request.user, Personne) or request.user.suspendue_le is None:
            return None
        return repondre(request, 403, message=SUSPENDU, erreur=AccesSuspendu(SUSPENDU))
