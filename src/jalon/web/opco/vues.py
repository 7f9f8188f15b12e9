"""« Mes accès rapides » of the OPCO's people."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jalon.socle.acteurs import Pouvoir
from jalon.vues.regles import Lieu
from jalon.web.composants.acces import opco, page
from jalon.web.composants.vues_rangees import Endroit, arranger, garder
from jalon.web.opco.commun import acteur_opco


def _a_l_opco(request: HttpRequest) -> Endroit:
    acteur = acteur_opco(request)
    return Endroit(Lieu(opco=True), acteur, "OPCO", "opco_vues", "opco_vue_nouvelle", reverse("opco_accueil"))


@page(opco(Pouvoir.CONSULTER, "GET", "POST"))
def opco_vues(request: HttpRequest) -> HttpResponse:
    """Those of the OPCO's pages."""
    return arranger(request, _a_l_opco(request))


@page(opco(Pouvoir.CONSULTER, "GET", "POST"))
def opco_vue_nouvelle(request: HttpRequest, liste: str) -> HttpResponse:
    """Keep a list of the OPCO."""
    return garder(request, _a_l_opco(request), liste)
