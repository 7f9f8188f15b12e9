"""What the OPCO paid in excess, on the side that was paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.facturation.requetes import trop_percus as trop_percus_de
from jalon.socle.acteurs import Domaine
from jalon.web.composants.acces import espace, page
from jalon.web.espace.commun import ouvrir_espace


@page(espace(Domaine.FACTURES))
def trop_percus(request: HttpRequest, siren: str) -> HttpResponse:
    """Amounts, what was given back, what is expected and when."""
    ici = ouvrir_espace(request, siren)
    return render(request, "espace/trop_percus.html", {"ici": ici, "trop_percus": trop_percus_de(ici.acteur, siren)})
