"""Home of the OPCO's people: what waits for each role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalon.aide.requetes import a_faire as messages_a_faire
from jalon.organisations.requetes import a_verifier
from jalon.socle.acteurs import Pouvoir
from jalon.veille.requetes.alertes import nombre_d_alertes
from jalon.vues.regles import Lieu
from jalon.vues.requetes.taches import taches_de_l_opco
from jalon.web.composants.acces import opco, page
from jalon.web.composants.moment import ce_jour
from jalon.web.composants.taches import grouper_taches
from jalon.web.composants.visite import visite_proposee
from jalon.web.composants.vues import cartes_affichees
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.CONSULTER))
def accueil(request: HttpRequest) -> HttpResponse:
    """Tasks derived from each app, the first due first."""
    acteur = acteur_opco(request)
    taches = [*taches_de_l_opco(acteur), *messages_a_faire(acteur)]
    contexte = {
        "visite_proposee": visite_proposee(request, "opco"),
        "cartes": cartes_affichees(acteur, Lieu(opco=True), ce_jour()),
        "page_des_vues": reverse("opco_vues"),
        "prenom": acteur.personne.prenom,
        "groupes": grouper_taches(taches, ce_jour()),
        "nombre": len(taches),
        "alertes": nombre_d_alertes(acteur) if acteur.portefeuilles(Pouvoir.VEILLER) else 0,
        "organisations": a_verifier(acteur).count() if acteur.portefeuilles(Pouvoir.VERIFIER_ORGANISATION) else 0,
    }
    return render(request, "opco/accueil.html", contexte)
