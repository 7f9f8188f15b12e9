"""What the OPCO paid."""

from django.http import HttpRequest, HttpResponse

from jalon.socle.acteurs import Domaine
from jalon.web.composants.acces import espace, page
from jalon.web.composants.ecrans import contexte_des_reglements
from jalon.web.composants.listes import montrer_la_liste
from jalon.web.espace.commun import ouvrir_espace


@page(espace(Domaine.REGLEMENTS))
def reglements(request: HttpRequest, siren: str) -> HttpResponse:
    """Transfers executed, newest first, with the invoice each one pays."""
    ici = ouvrir_espace(request, siren)
    return montrer_la_liste(
        request,
        "espace/reglements.html",
        "espace/reglements_resultats.html",
        contexte_des_reglements(request, ici.acteur, siren) | {"ici": ici},
    )
