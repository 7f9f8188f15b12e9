"""Accounts and mailbox of the demonstration."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.demo.courriels import boite, un_courriel
from jalon.demo.distribution import DISTRIBUTION, MOT_DE_PASSE, code_du_moment
from jalon.socle.erreurs import Introuvable
from jalon.web.composants.acces import demo, page


@page(demo())
def comptes(request: HttpRequest) -> HttpResponse:
    """The cast, with the code that each authenticator shows now."""
    lignes = [(role, code_du_moment(role.adresse)) for role in DISTRIBUTION]
    return render(request, "demo/comptes.html", {"lignes": lignes, "mot_de_passe": MOT_DE_PASSE})


@page(demo())
def courriels(request: HttpRequest) -> HttpResponse:
    """Every message sent, newest first; `?a=` keeps one address."""
    adresse = request.GET.get("a", "").strip()
    return render(request, "demo/courriels.html", {"courriels": boite(adresse), "adresse": adresse})


@page(demo())
def courriel(request: HttpRequest, identifiant: UUID) -> HttpResponse:
    """One message, links usable."""
    trouve = un_courriel(identifiant)
    if trouve is None:
        raise Introuvable
    return render(request, "demo/courriel.html", {"courriel": trouve})
