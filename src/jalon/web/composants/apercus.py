"""A document shown as images, for the company and for the OPCO: the file itself is only downloaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import lire_page_d_apercu, ouvrir_apercu
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import libelle_de_piece
from jalon.pieces.models import Apercu, Document
from jalon.pieces.requetes import type_affiche
from jalon.socle.acteurs import Acteur
from jalon.socle.horloge import maintenant


@dataclass(frozen=True, slots=True)
class Adresses:
    """Where the page leads: back to where the document lies, to the file, to the image of a page."""

    retour: str
    fichier: str
    image: Callable[[int], str]


def montrer_apercu(
    request: HttpRequest, dossier: Dossier, piece_id: UUID, acteur: Acteur, adresses: Adresses, autour: dict[str, Any]
) -> HttpResponse:
    """The page: it reads itself again every two seconds while the worker draws. Raises Introuvable, DocumentIndisponible."""
    piece, apercu = ouvrir_apercu(dossier_id=dossier.pk, piece_id=piece_id, par=acteur, maintenant=maintenant())
    libelle = libelle_de_piece(dispositif_de(dossier.dispositif), piece.code)
    return page_d_apercu(request, piece.document, apercu, (libelle, dossier.numero or dossier.titre), adresses, autour)


def page_d_apercu(
    request: HttpRequest,
    document: Document,
    apercu: Apercu,
    noms: tuple[str, str],
    adresses: Adresses,
    autour: dict[str, Any],
) -> HttpResponse:
    """A document opened by its owner; `noms`: of the document, then of where it lies."""
    contexte = {
        **autour,
        "document": document,
        "libelle": noms[0],
        "retour": noms[1],
        "type": type_affiche(document),
        "apercu": apercu,
        "phrase_pages": f"{apercu.pages}\u00a0page{'s' * (apercu.pages > 1)} sur {apercu.total}",
        "adresse_retour": adresses.retour,
        "adresse_fichier": adresses.fichier,
        "pages": [(numero, adresses.image(numero)) for numero in range(1, apercu.pages + 1)],
    }
    return render(request, "dossiers/apercu.html", contexte)


def image_d_apercu(dossier_id: UUID, piece_id: UUID, numero: int, acteur: Acteur) -> HttpResponse:
    """One page, kept by nobody on the way. Raises Introuvable, DocumentIndisponible."""
    octets = lire_page_d_apercu(dossier_id=dossier_id, piece_id=piece_id, numero=numero, par=acteur, maintenant=maintenant())
    return reponse_image(octets)


def reponse_image(octets: bytes) -> HttpResponse:
    """The image of a page, kept by nobody on the way, and that can do nothing."""
    reponse = HttpResponse(octets, content_type="image/png")
    reponse.headers["Cache-Control"] = "no-store"
    reponse.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return reponse
