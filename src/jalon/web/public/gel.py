"""The freeze link of a notice: no account needed, one confirmation asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.banque.actions import geler_par_jeton
from jalon.banque.requetes import gel_propose
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public


@page(public("GET", "POST"))
def gel(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show what would be frozen; freeze on the POST only, since mail scanners follow links."""
    gele = False
    if request.method == "POST":
        geler_par_jeton(jeton=jeton, maintenant=maintenant())
        gele = True
    return render(request, "public/gel.html", {"gel": gel_propose(jeton, maintenant()), "gele": gele})
