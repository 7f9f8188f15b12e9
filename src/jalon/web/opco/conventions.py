"""Conventions declared for companies that nobody administers: no one there was told on the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.habilitations.requetes.conventions import MONTREES, conventions_sans_administrateur
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.DEMANDER_CODES))
def liste(request: HttpRequest) -> HttpResponse:
    """In the portefeuilles of the adviser or of the AEF, who can have a code sent to the head office."""
    conventions = conventions_sans_administrateur(acteur_opco(request), maintenant())
    return render(request, "opco/conventions.html", {"conventions": conventions, "pleine": len(conventions) == MONTREES})
