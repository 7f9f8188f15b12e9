"""The link of a digest: no account needed, one confirmation asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.socle.horloge import maintenant
from jalon.vues.actions.recapitulatifs import arreter_recapitulatif
from jalon.vues.requetes.recapitulatifs import personne_du_jeton
from jalon.web.composants.acces import page, public


@page(public("GET", "POST"))
def arreter(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask, then stop on the POST only, since mail scanners follow links."""
    personne_du_jeton(jeton)
    arrete = request.method == "POST"
    if arrete:
        arreter_recapitulatif(jeton=jeton, maintenant=maintenant())
    return render(request, "public/recapitulatif_arreter.html", {"arrete": arrete})
