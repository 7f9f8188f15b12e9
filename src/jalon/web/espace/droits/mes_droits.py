"""« Ce que je peux faire »: one's own rights, and who can give more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.habilitations.requetes import mes_droits as requetes
from jalon.web.composants.acces import espace, page
from jalon.web.espace.commun import ouvrir_espace


@page(espace(None))
def mes_droits(request: HttpRequest, siren: str) -> HttpResponse:
    """Rights in force and to come, in sentences, side by side."""
    ici = ouvrir_espace(request, siren)
    return render(request, "espace/droits/mes_droits.html", {"ici": ici, "cotes": requetes.mes_droits(ici.acteur, siren)})
