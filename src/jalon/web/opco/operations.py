"""What the OPCO asks of many requests, or one request as one PDF: asked, followed, the file downloaded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dossiers.actions import demander_dossier_complet, demander_operation, ouvrir_fichier_des_pieces
from jalon.dossiers.enums import GenreOperation
from jalon.dossiers.models import OperationEnNombre
from jalon.dossiers.requetes import operation_accessible
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.operations import contexte_d_operation, lire_selection
from jalon.web.opco.commun import acteur_opco
from jalon.web.opco.instruction import ouvrir_dossier


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def demander(request: HttpRequest) -> HttpResponse:
    """From the queue: give the requests ticked to somebody, or gather their documents."""
    acteur, choix = acteur_opco(request), lire_selection(request)
    if choix.genre not in {GenreOperation.ATTRIBUER, GenreOperation.PIECES}:
        messages.warning(request, "Choisissez ce qu’il faut faire des dossiers cochés.")
        return redirect("opco_file")
    if choix.genre == GenreOperation.ATTRIBUER and choix.beneficiaire is None:
        messages.warning(request, "Choisissez à qui confier les dossiers cochés.")
        return redirect("opco_file")
    try:
        operation = demander_operation(
            genre=choix.genre, dossiers=choix.dossiers, beneficiaire=choix.beneficiaire, par=acteur, maintenant=maintenant()
        )
    except SaisieRefusee as refus:
        messages.warning(request, f"{refus.message}.")
        return redirect("opco_file")
    return redirect("opco_operation", operation_id=operation.pk)


@page(opco(Pouvoir.CONSULTER, "POST"))
def dossier_complet(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """From the page of a request: one PDF with its documents."""
    acteur, _ = ouvrir_dossier(request, dossier_id)
    operation = demander_dossier_complet(dossier_id=dossier_id, par=acteur, maintenant=maintenant())
    return redirect("opco_operation", operation_id=operation.pk)


def _ouvrir(request: HttpRequest, operation_id: UUID) -> tuple[ActeurPersonne, OperationEnNombre]:
    """Hers, asked at the OPCO. Raises Introuvable."""
    acteur = acteur_opco(request)
    lue = operation_accessible(operation_id, acteur)
    if lue.siren:
        raise Introuvable
    return acteur, lue


@page(opco(Pouvoir.CONSULTER))
def operation(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """How far it is, then the report."""
    _, lue = _ouvrir(request, operation_id)
    gabarit = "composants/operation.html" if request.htmx else "opco/operation.html"  # type: ignore[attr-defined]
    return render(request, gabarit, contexte_d_operation(lue))


@page(confirme(opco(Pouvoir.CONSULTER)))
def fichier(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """The documents in one file, after a recent second factor: they leave in number."""
    acteur, _ = _ouvrir(request, operation_id)
    fait = ouvrir_fichier_des_pieces(operation_id=operation_id, par=acteur, maintenant=maintenant())
    return reponse_fichier(fait.octets, fait.nom, fait.type_mime)
