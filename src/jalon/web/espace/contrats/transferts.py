"""Contracts that left the company: their trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.contrats.requetes import transferts_sortis
from jalon.web.composants.acces import espace, page
from jalon.web.espace.commun import ouvrir_espace
from jalon.web.espace.dossiers import exiger_les_dossiers


@page(espace(None))
def transferts(request: HttpRequest, siren: str) -> HttpResponse:
    """What the former employer keeps: which contract, when, to whom."""
    ici = ouvrir_espace(request, siren)
    exiger_les_dossiers(ici)
    return render(request, "espace/contrats/transferts.html", {"ici": ici, "transferts": transferts_sortis(ici.acteur, siren)})
