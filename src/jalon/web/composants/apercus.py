"""A document of a request shown as images, for the company and for the OPCO: the file itself is only downloaded."""

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
from jalon.pieces.requetes import type_affiche
from jalon.socle.acteurs import Acteur
from jalon.socle.horloge import maintenant


@dataclass(frozen=True, slots=True)
class Adresses:
    """Where the page leads: back to the request, to the file, to the image of a page."""

    dossier: str
    fichier: str
    image: Callable[[int], str]


def montrer_apercu(
    request: HttpRequest, dossier: Dossier, piece_id: UUID, acteur: Acteur, adresses: Adresses, autour: dict[str, Any]
) -> HttpResponse:
    """The page: it reads itself again every two seconds while the worker draws. Raises Introuvable, DocumentIndisponible."""
    piece, apercu = ouvrir_apercu(dossier_id=dossier.pk, piece_id=piece_id, par=acteur, maintenant=maintenant())
    contexte = {
        **autour,
        "dossier": dossier,
        "piece": piece,
        "libelle": libelle_de_piece(dispositif_de(dossier.dispositif), piece.code),
        "type": type_affiche(piece.document),
        "apercu": apercu,
        "phrase_pages": f"{apercu.pages}\u00a0page{'s' * (apercu.pages > 1)} sur {apercu.total}",
        "adresse_dossier": adresses.dossier,
        "adresse_fichier": adresses.fichier,
        "pages": [(numero, adresses.image(numero)) for numero in range(1, apercu.pages + 1)],
    }
    return render(request, "dossiers/apercu.html", contexte)


def image_d_apercu(dossier_id: UUID, piece_id: UUID, numero: int, acteur: Acteur) -> HttpResponse:
    """One page, kept by nobody on the way. Raises Introuvable, DocumentIndisponible."""
    octets = lire_page_d_apercu(dossier_id=dossier_id, piece_id=piece_id, numero=numero, par=acteur, maintenant=maintenant())
    reponse = HttpResponse(octets, content_type="image/png")
    reponse.headers["Cache-Control"] = "no-store"
    reponse.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return reponse
