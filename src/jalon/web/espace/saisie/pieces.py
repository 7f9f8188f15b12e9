"""Documents of a draft or of a complement: one at a time, with progress."""

from http import HTTPStatus
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dossiers.actions import deposer_piece, ouvrir_piece, prendre_piece, retirer_piece
from jalon.dossiers.requetes import est_imprimable, peut_garder, peut_lire_les_sensibles
from jalon.pieces.requetes import DocumentIndisponible
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.espace.saisie.ouverture import Saisie, ouvrir_saisie, pieces_a_saisir


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def pieces(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The list of documents; a POST attaches a file, or a document of the porte-documents. A refusal is said beside its box."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    refus: dict[str, str] = {}
    if request.method == "POST":
        code = request.POST.get("code", "")
        refus = _prendre(request, saisie, code) if "document" in request.POST else _deposer(request, saisie, code)
        if not refus and not request.htmx:  # type: ignore[attr-defined]
            return redirect(request.path)
        saisie = ouvrir_saisie(request, siren, dossier_id)
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    contexte = {
        **saisie.autour("pieces"),
        "demandees": pieces_a_saisir(saisie, refus),
        "erreurs": list(refus.items()),
        "peut_garder": peut_garder(saisie.dossier, saisie.ici.acteur),
        "imprimable": est_imprimable(saisie.dossier),
        "entier": peut_lire_les_sensibles(saisie.dossier, saisie.ici.acteur),
    }
    if request.htmx and request.method == "POST":  # type: ignore[attr-defined]
        return render(request, "espace/saisie/pieces_reponse.html", {**contexte, "fragment": True}, status=statut)
    return render(request, "espace/saisie/pieces.html", contexte, status=statut)


def _deposer(request: HttpRequest, saisie: Saisie, code: str) -> dict[str, str]:
    fichier = request.FILES.get("fichier")
    if fichier is None:
        return {f"fichier-{code}": "Choisissez un fichier, puis joignez-le"}
    try:
        deposer_piece(
            dossier_id=saisie.dossier.pk,
            code=code,
            nom=fichier.name or "",
            contenu=cast("BinaryIO", fichier.file),
            par=saisie.ici.acteur,
            maintenant=maintenant(),
        )
    except SaisieRefusee as erreur:
        return {f"fichier-{code}": erreur.message}
    return {}


def _prendre(request: HttpRequest, saisie: Saisie, code: str) -> dict[str, str]:
    try:
        document_id = UUID(request.POST.get("document", ""))
    except ValueError:
        return {f"garde-{code}": "Choisissez un document du porte-documents, puis joignez-le"}
    try:
        prendre_piece(
            dossier_id=saisie.dossier.pk,
            code=code,
            document_id=document_id,
            par=saisie.ici.acteur,
            maintenant=maintenant(),
        )
    except DocumentIndisponible as refus:
        return {f"garde-{code}": refus.message}
    return {}


@page(espace(None, Niveau.LECTURE, "POST"))
def retirer(request: HttpRequest, siren: str, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """Take a document back, while the request is a draft."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    retirer_piece(dossier_id=dossier_id, piece_id=piece_id, par=saisie.ici.acteur, maintenant=maintenant())
    return redirect("saisie_pieces", siren=siren, dossier_id=dossier_id)


@page(espace(None, Niveau.LECTURE))
def telecharger(request: HttpRequest, siren: str, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """The document itself, as a download, to who may see the dossier; the journal keeps it."""
    saisie = ouvrir_saisie(request, siren, dossier_id, Niveau.LECTURE)
    piece, octets = ouvrir_piece(dossier_id=dossier_id, piece_id=piece_id, par=saisie.ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, piece.document.nom, piece.document.type_mime)
