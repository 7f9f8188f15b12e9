"""What the OPCO paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.reglements.requetes import reglements_visibles
from jalon.socle.acteurs import Domaine
from jalon.web.composants.acces import espace, page
from jalon.web.espace.commun import ouvrir_espace


@page(espace(Domaine.REGLEMENTS))
def reglements(request: HttpRequest, siren: str) -> HttpResponse:
    """Transfers executed, newest first, with the invoice each one pays."""
    ici = ouvrir_espace(request, siren)
    return render(
        request,
        "espace/reglements.html",
        {"ici": ici, "page": reglements_visibles(ici.acteur, siren, request.GET.get("page", ""))},
    )
