"""« Mes accès rapides » of one space, and of all my places; renaming, sharing, deleting one, wherever it holds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Niveau
from jalon.socle.horloge import maintenant
from jalon.socle.listes import liste as liste_de
from jalon.vues.actions.vues import modifier_vue, retirer_partage, supprimer_vue
from jalon.vues.models import VueEnregistree
from jalon.vues.regles import Lieu
from jalon.vues.requetes.vues import vue_a_moi, vue_accessible
from jalon.web.composants.acces import espace, page, personne
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.vues import MOI, FormulaireNom
from jalon.web.composants.vues_rangees import Endroit, arranger, garder
from jalon.web.espace.commun import ouvrir_espace


def _dans_un_espace(request: HttpRequest, siren: str) -> Endroit:
    ici = ouvrir_espace(request, siren)
    return Endroit(
        Lieu(siren), ici.acteur, ici.nom, "espace_vues", "espace_vue_nouvelle", reverse("espace_accueil", args=[siren]), [siren]
    )


def _partout(request: HttpRequest) -> Endroit:
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    return Endroit(Lieu(), acteur, "tous mes espaces", "mes_vues", "mes_vue_nouvelle", reverse("accueil"))


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def espace_vues(request: HttpRequest, siren: str) -> HttpResponse:
    """Those of one space."""
    return arranger(request, _dans_un_espace(request, siren))


@page(personne("GET", "POST"))
def mes_vues(request: HttpRequest) -> HttpResponse:
    """Those of all my places together."""
    return arranger(request, _partout(request))


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def espace_vue_nouvelle(request: HttpRequest, siren: str, liste: str) -> HttpResponse:
    """Keep a list of one space."""
    return garder(request, _dans_un_espace(request, siren), liste)


@page(personne("GET", "POST"))
def mes_vue_nouvelle(request: HttpRequest, liste: str) -> HttpResponse:
    """Keep a list of all my places."""
    return garder(request, _partout(request), liste)


def _page_de(vue: VueEnregistree) -> str:
    """Where a view is arranged."""
    if vue.siren:
        return reverse("espace_vues", args=[vue.siren])
    return reverse("opco_vues" if vue.opco else "mes_vues")


@page(personne("GET", "POST"))
def modifier(request: HttpRequest, vue_id: UUID) -> HttpResponse:
    """Its name, its icon, its sharing."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    vue = vue_a_moi(vue_id, acteur)
    depart = {"nom": vue.nom, "icone": vue.icone, "partage": "collegues" if vue.partagee else MOI[0]}
    formulaire = FormulaireNom(vue.lieu, request.POST or None, initial=depart)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: modifier_vue(
                vue_id=vue_id,
                nom=formulaire.cleaned_data["nom"],
                icone=formulaire.cleaned_data["icone"],
                partagee=formulaire.partagee,
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, f"L’accès rapide «\u00a0{faite.nom}\u00a0» est enregistré.")
            return redirect(_page_de(faite))
    return montrer(request, "espace/vue_modifier.html", formulaire, vue=vue, retour=_page_de(vue))


@page(personne("GET", "POST"))
def supprimer(request: HttpRequest, vue_id: UUID) -> HttpResponse:
    """Say what goes, then delete."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    vue = vue_a_moi(vue_id, acteur)
    if request.method == "POST":
        supprimer_vue(vue_id=vue_id, par=acteur, maintenant=maintenant())
        messages.success(request, f"L’accès rapide «\u00a0{vue.nom}\u00a0» est supprimé.")
        return redirect(_page_de(vue))
    connue = liste_de(vue.liste)
    contexte = {"vue": vue, "retour": _page_de(vue), "liste": connue.libelle if connue is not None else vue.liste}
    return render(request, "espace/vue_supprimer.html", contexte)


@page(personne("POST"))
def retirer(request: HttpRequest, vue_id: UUID) -> HttpResponse:
    """Stop the sharing of a colleague's view, for an administrator of its space."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    vue = vue_accessible(vue_id, acteur)
    retirer_partage(vue_id=vue_id, par=acteur, maintenant=maintenant())
    messages.success(request, f"L’accès rapide «\u00a0{vue.nom}\u00a0» n’est plus partagé.")
    return redirect(_page_de(vue))
