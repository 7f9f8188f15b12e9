"""Home of the OPCO's people: what waits for each role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.aide.requetes import a_faire as messages_a_faire
from jalon.banque.requetes import a_faire as comptes_a_faire
from jalon.contrats.requetes import a_faire as avenants_a_faire
from jalon.facturation.requetes import a_faire as factures_a_faire
from jalon.habilitations.requetes.preparations import a_faire as preparations_a_faire
from jalon.habilitations.requetes.taches import a_faire_opco as acces_a_faire
from jalon.instruction.requetes import a_faire as dossiers_a_faire
from jalon.instruction.requetes import regularisations_a_faire
from jalon.organisations.requetes import a_verifier
from jalon.reglements.requetes import a_faire as virements_a_faire
from jalon.socle.acteurs import Pouvoir, Tache
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.veille.requetes.alertes import nombre_d_alertes
from jalon.web.composants.acces import opco, page
from jalon.web.composants.taches import grouper_taches
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.CONSULTER))
def accueil(request: HttpRequest) -> HttpResponse:
    """Tasks derived from each app, the first due first."""
    acteur = acteur_opco(request)
    taches: list[Tache] = []
    if acteur.portefeuilles(Pouvoir.INSTRUIRE):
        taches += dossiers_a_faire(acteur, aujourdhui())
    if acteur.portefeuilles(Pouvoir.DECIDER):
        taches += avenants_a_faire(acteur)
        taches += regularisations_a_faire(acteur)
    if acteur.portefeuilles(Pouvoir.CONFIRMER_NOMINATION):
        taches += acces_a_faire(acteur)
    if acteur.portefeuilles(Pouvoir.TRAITER_FACTURES):
        taches += factures_a_faire(acteur, None, aujourdhui())
        taches += comptes_a_faire(acteur, maintenant())
    if acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX):
        taches += preparations_a_faire(acteur, maintenant())
    taches += virements_a_faire(acteur, maintenant())
    taches += messages_a_faire(acteur)
    contexte = {
        "prenom": acteur.personne.prenom,
        "groupes": grouper_taches(taches, aujourdhui()),
        "nombre": len(taches),
        "alertes": nombre_d_alertes(acteur) if acteur.portefeuilles(Pouvoir.VEILLER) else 0,
        "organisations": a_verifier(acteur).count() if acteur.portefeuilles(Pouvoir.VERIFIER_ORGANISATION) else 0,
    }
    return render(request, "opco/accueil.html", contexte)
