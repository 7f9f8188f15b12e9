"""Exports of the OPCO's people, in their portefeuilles."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.exports.actions.demandes import annuler_export
from jalon.exports.actions.telechargement import telecharger_export
from jalon.exports.requetes import export_accessible
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.exports import demander as demander_la
from jalon.web.composants.exports import page_des_exports, reponse_du_fichier
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.CONSULTER))
def liste(request: HttpRequest) -> HttpResponse:
    """My exports, and what I may take out of my portefeuilles."""
    return page_des_exports(request, acteur_opco(request), None)


@page(opco(Pouvoir.CONSULTER, "POST"))
def demander(request: HttpRequest) -> HttpResponse:
    """Ask for the rows of a list."""
    return demander_la(request, acteur_opco(request), None)


def _ouvrir(request: HttpRequest, export_id: UUID) -> ActeurPersonne:
    """Who asked for that export, here. Raises Introuvable when it is another's, or of a company's space."""
    acteur = acteur_opco(request)
    if export_accessible(export_id, acteur).lieu is not None:
        raise Introuvable
    return acteur


@page(opco(Pouvoir.CONSULTER, "POST"))
def annuler(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Give up an export that waits or is being made."""
    annuler_export(export_id=export_id, par=_ouvrir(request, export_id), maintenant=maintenant())
    messages.success(request, "L’export est annulé.")
    return redirect("opco_exports")


@page(opco(Pouvoir.CONSULTER, "POST"))
def telecharger(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file, to its owner, with a second factor of less than five minutes."""
    acteur = _ouvrir(request, export_id)
    export, contenu = telecharger_export(export_id=export_id, par=acteur, maintenant=maintenant())
    return reponse_du_fichier(export, contenu)
