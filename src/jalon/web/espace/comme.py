"""« Voir le portail comme… »: beginning and leaving."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.vues import commencer_vue
from jalon.habilitations.enums import FinDeVue
from jalon.habilitations.requetes.vues import lien_a_regarder
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, connecte, espace, page
from jalon.web.composants.comme import fermer_vue, retenir_vue, vue_de
from jalon.web.espace.commun import exiger_ici, ouvrir_espace


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def voir_comme(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """What will be seen and who will know it; then the colleague's home page."""
    ici = ouvrir_espace(request, siren)
    lien = lien_a_regarder(rattachement_id, ici.acteur, maintenant())
    exiger_ici(ici, lien.organisation_siren)
    if request.method == "POST":
        retenir_vue(request, commencer_vue(rattachement_id=rattachement_id, par=ici.acteur, maintenant=maintenant()))
        return redirect("espace_accueil", siren=siren)
    return render(request, "espace/voir_comme.html", {"ici": ici, "nom": lien.nom_affiche, "profil": lien.profil})


@page(connecte("POST"))
def quitter(request: HttpRequest) -> HttpResponse:
    """Back to one's own pages, where the view began; a second click finds nothing to leave."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    vue = vue_de(request)
    if vue is None:
        return redirect("accueil")
    fermer_vue(request, vue, FinDeVue.QUITTEE)
    return redirect("espace_habilitations", siren=vue.siren) if acteur.appartient(vue.siren) else redirect("accueil")
