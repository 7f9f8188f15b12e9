"""What every template knows: brand, shell, theme, demonstration."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jalon.aide.guides import guides_de_la_page
from jalon.web.composants import liens
from jalon.web.composants.bandeau import etats_affiches
from jalon.web.composants.coquille import Coquille, coquille_personnelle
from jalon.web.composants.marque import marque

THEMES = {"light", "dark"}
COOKIE_THEME = "theme"


def theme_de(request: HttpRequest) -> str:
    """« light » or « dark » when the person chose; empty: the system decides."""
    choix = request.COOKIES.get(COOKIE_THEME, "")
    return choix if choix in THEMES else ""


def construire_coquille(request: HttpRequest) -> Coquille:
    """The shell of this request: `request.coquille` (a Coquille, or a callable that builds one), or the personal one."""
    source = getattr(request, "coquille", None)
    if source is not None:
        construite: Coquille = source() if callable(source) else source
        return _aidee(construite.situee(request.path), request)
    personne: Any = getattr(request, "user", None)
    if personne is not None and personne.is_authenticated:
        return _aidee(coquille_personnelle(personne).situee(request.path), request)
    return Coquille(accueil="/")


def _aidee(coquille: Coquille, request: HttpRequest) -> Coquille:
    """The same shell, whose help begins with the guides about this page, if there are any."""
    nom = request.resolver_match.url_name if request.resolver_match else None
    if coquille.aide is None or not nom or not guides_de_la_page(nom):
        return coquille
    return replace(coquille, aide=replace(coquille.aide, url=f"{liens.AIDE}?page={nom}"))


SANS_FORMULAIRE = {"form": None, "formulaire": None, "erreurs": None, "token_fail": False}
"""A page without a form, or without allauth's refusal of a link, says so: no template reads what nobody gave."""


def communs() -> dict[str, Any]:
    """What does not depend on the request; enough for the pages drawn when nothing else works."""
    openid = settings.JALON_OPENID.nom if settings.JALON_OPENID else ""
    fixes = {
        "marque": marque(),
        "adresses": liens,
        "demo": settings.JALON_DEMO,
        "openid": openid,
        "theme": "",
        "seance": 0,
        "vue_comme": None,
        "messages_d_etat": (),
        "messages_connus": (),
    }
    return {**SANS_FORMULAIRE, **fixes}


def coquille(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The shell is a call that templates make, once: fragments pay nothing."""
    construite = cache(lambda: construire_coquille(request))
    return {
        **communs(),
        "theme": theme_de(request),
        "vue_comme": getattr(request, "vue_comme", None),
        "lecteurs_dispenses": settings.JALON_SECOND_FACTEUR_LECTEURS == "facultatif",
        "coquille": construite,
        "messages_d_etat": cache(lambda: etats_affiches(request, construite().publics)),
        "messages_connus": cache(lambda: etats_affiches(request, construite().publics, memoire_seule=True)),
        "seance": SimpleLazyObject(lambda: _duree_de_seance(request)),
    }


def _duree_de_seance(request: HttpRequest) -> int:
    """Seconds of inactivity after which a signed-in session ends; 0 for a visitor."""
    personne = getattr(request, "user", None)
    return int(settings.JALON_SEANCE_INACTIVITE) if personne is not None and personne.is_authenticated else 0
