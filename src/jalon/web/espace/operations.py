"""The same act on many requests of a company, or one request as one PDF: asked, followed, the file downloaded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dossiers.actions import demander_dossier_complet, demander_operation, ouvrir_fichier_des_pieces
from jalon.dossiers.enums import GenreOperation
from jalon.dossiers.models import OperationEnNombre
from jalon.dossiers.requetes import operation_accessible
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.operations import contexte_d_operation, lire_selection
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.dossier import ouvrir_dossier
from jalon.web.espace.dossiers import exiger_les_dossiers

RETOURS = {GenreOperation.SUPPRIMER: "espace_brouillons"}


@page(espace(None, Niveau.LECTURE, "POST"))
def demander(request: HttpRequest, siren: str) -> HttpResponse:
    """From a list: deletion is asked twice, once its consequences are told."""
    ici = ouvrir_espace(request, siren)
    exiger_les_dossiers(ici)
    choix = lire_selection(request)
    if choix.genre not in {GenreOperation.SUPPRIMER, GenreOperation.PIECES}:
        messages.warning(request, "Choisissez ce qu’il faut faire des dossiers cochés.")
        return redirect("espace_dossiers", siren=siren)
    if (
        choix.genre == GenreOperation.SUPPRIMER
        and "confirmer" not in request.POST
        and (choix.dossiers or choix.filtre is not None)
    ):
        return render(request, "espace/operation_supprimer.html", {"ici": ici, "choix": choix, "poste": request.POST})
    try:
        operation = demander_operation(
            genre=choix.genre, siren=siren, dossiers=choix.dossiers, liste=choix.liste, filtre=choix.filtre,
            par=ici.acteur, maintenant=maintenant(),
        )  # fmt: skip
    except SaisieRefusee as refus:
        messages.warning(request, f"{refus.message}.")
        return redirect(RETOURS.get(choix.genre, "espace_dossiers"), siren=siren)
    return redirect("espace_operation", siren=siren, operation_id=operation.pk)


@page(espace(None, Niveau.LECTURE, "POST"))
def dossier_complet(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """From the page of a request: one PDF with its documents."""
    ici, _ = ouvrir_dossier(request, siren, dossier_id)
    operation = demander_dossier_complet(dossier_id=dossier_id, siren=siren, par=ici.acteur, maintenant=maintenant())
    return redirect("espace_operation", siren=siren, operation_id=operation.pk)


def _ouvrir(request: HttpRequest, siren: str, operation_id: UUID) -> tuple[Espace, OperationEnNombre]:
    """Hers, in the space of the URL. Raises Introuvable, AutreEspace."""
    ici = ouvrir_espace(request, siren)
    lue = operation_accessible(operation_id, ici.acteur.soi)
    exiger_ici(ici, lue.siren)
    return ici, lue


@page(espace(None, Niveau.LECTURE))
def operation(request: HttpRequest, siren: str, operation_id: UUID) -> HttpResponse:
    """How far it is; then what was done, and what was not, with the reason."""
    ici, lue = _ouvrir(request, siren, operation_id)
    gabarit = "composants/operation.html" if request.htmx else "espace/operation.html"  # type: ignore[attr-defined]
    return render(request, gabarit, {"ici": ici, **contexte_d_operation(lue)})


@page(confirme(espace(None, Niveau.LECTURE)))
def fichier(request: HttpRequest, siren: str, operation_id: UUID) -> HttpResponse:
    """The documents in one file, after a recent second factor: they leave in number."""
    ici, _ = _ouvrir(request, siren, operation_id)
    fait = ouvrir_fichier_des_pieces(operation_id=operation_id, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(fait.octets, fait.nom, fait.type_mime)
