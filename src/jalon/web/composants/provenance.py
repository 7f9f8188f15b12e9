"""The page that one comes from, when one asks for help: the name of its address and its space, never what it shows."""

import re
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, get_resolver, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.aide.actions.tickets import AILLEURS, Provenance
from jalon.comptes.models import Personne

SANS_INTERET = frozenset({"aide", "aide_guide", "mon_profil", "contact"})
"""The help itself: one comes there from elsewhere, and the link carries it on."""
_PARAMETRE = re.compile(r"%\(\w+\)s")


def provenance(request: HttpRequest, page: str, espace: str) -> Provenance:
    """What the link or the form says; else the page that the browser left. The space is kept if it is hers, and she signed in."""
    if not page:
        page, espace = _page_quittee(request)
    return Provenance(page if adresse_de(page) else "", espace if _est_le_sien(request, espace) else "")


def en_parametres(origine: Provenance) -> str:
    """« ?page=…&espace=… », or nothing."""
    if origine == AILLEURS:
        return ""
    return f"?{urlencode({nom: v for nom, v in (('page', origine.page), ('espace', origine.espace)) if v})}"


def adresse_de(nom: str) -> str:
    """« /e/…/coordonnees-bancaires/ »: where that page is, without what it is about; empty when there is none of that name."""
    possibles = get_resolver().reverse_dict.getlist(nom) if nom else []
    return f"/{_PARAMETRE.sub('…', possibles[0][0][0][0])}" if possibles else ""


def _page_quittee(request: HttpRequest) -> tuple[str, str]:
    quittee = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(quittee, {request.get_host()}, require_https=request.is_secure()):
        return "", ""
    try:
        lue = resolve(urlsplit(quittee).path)
    except Resolver404:
        return "", ""
    if lue.url_name is None or lue.url_name in SANS_INTERET:
        return "", ""
    return lue.url_name, lue.kwargs.get("siren", "")


def _est_le_sien(request: HttpRequest, siren: str) -> bool:
    if not siren or not isinstance(request.user, Personne):
        return False
    sien: bool = request.acteur.appartient(siren)  # type: ignore[attr-defined]
    return sien
