"""Exports of a company or provider, and all of mine."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.exports.actions.demandes import annuler_export
from jalon.exports.actions.telechargement import telecharger_export
from jalon.exports.requetes import export_accessible, tous_mes_exports
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page, personne
from jalon.web.composants.exports import demander as demander_la
from jalon.web.composants.exports import lignes_d_exports, page_des_exports, reponse_du_fichier
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace


@page(espace(Domaine.EXPORTS))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """My exports of this place, and what I may take out of it."""
    ici = ouvrir_espace(request, siren)
    return page_des_exports(request, ici.acteur.sur(siren), siren)


@page(espace(Domaine.EXPORTS, Niveau.LECTURE, "POST"))
def demander(request: HttpRequest, siren: str) -> HttpResponse:
    """Ask for the rows of a list."""
    ici = ouvrir_espace(request, siren)
    return demander_la(request, ici.acteur.sur(siren), siren)


def _ouvrir(request: HttpRequest, siren: str, export_id: UUID) -> Espace:
    """The space of the URL, in which the export was asked. Raises Introuvable, AutreEspace."""
    ici = ouvrir_espace(request, siren)
    exiger_ici(ici, export_accessible(export_id, ici.acteur).siren)
    return ici


@page(espace(Domaine.EXPORTS, Niveau.LECTURE, "POST"))
def annuler(request: HttpRequest, siren: str, export_id: UUID) -> HttpResponse:
    """Give up an export that waits or is being made."""
    ici = _ouvrir(request, siren, export_id)
    annuler_export(export_id=export_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "L’export est annulé.")
    return redirect("espace_exports", siren=siren)


@page(espace(Domaine.EXPORTS, Niveau.LECTURE, "POST"))
def telecharger(request: HttpRequest, siren: str, export_id: UUID) -> HttpResponse:
    """The file, to its owner, with a second factor of less than five minutes."""
    ici = _ouvrir(request, siren, export_id)
    export, contenu = telecharger_export(export_id=export_id, par=ici.acteur.sur(siren), maintenant=maintenant())
    return reponse_du_fichier(export, contenu)


@page(personne())
def mes_exports(request: HttpRequest) -> HttpResponse:
    """All of mine, wherever they were asked."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    lignes = lignes_d_exports(tous_mes_exports(acteur))
    contexte = {
        "lignes": lignes,
        "actifs": any(ligne.vue.actif for ligne in lignes),
        "montre_lieu": True,
        "adresse": reverse("mes_exports"),
    }
    gabarit = "exports/tableau.html" if request.htmx else "exports/mes_exports.html"  # type: ignore[attr-defined]
    return render(request, gabarit, contexte)
