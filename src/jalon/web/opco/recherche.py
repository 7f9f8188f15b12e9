"""The search of the OPCO's people."""

from django.http import HttpRequest, HttpResponse

from jalon.socle.acteurs import Pouvoir
from jalon.web.composants.acces import opco, page
from jalon.web.composants.recherche import chercher_a_l_opco, lire_texte
from jalon.web.composants.recherche_vue import montrer_recherche
from jalon.web.opco.commun import acteur_opco, coquille_de_l_opco


@page(opco(Pouvoir.CONSULTER))
def recherche(request: HttpRequest) -> HttpResponse:
    """What answers in the portefeuilles of the person, by kind."""
    acteur = acteur_opco(request)
    coquille = coquille_de_l_opco(acteur)
    texte = lire_texte(request.GET.get("q", ""))
    return montrer_recherche(request, coquille, texte, lambda: chercher_a_l_opco(acteur, coquille, texte))
