"""Looking at the documents of a request without taking them out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jalon.socle.acteurs import Pouvoir
from jalon.web.composants.acces import opco, page
from jalon.web.composants.apercus import Adresses, image_d_apercu, montrer_apercu
from jalon.web.opco.instruction import ouvrir_dossier


@page(opco(Pouvoir.CONSULTER))
def apercu(request: HttpRequest, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """The first pages of a document; the register keeps the opening."""
    acteur, lu = ouvrir_dossier(request, dossier_id)
    adresses = Adresses(
        retour=reverse("opco_dossier", args=[dossier_id]),
        fichier=reverse("opco_piece", args=[dossier_id, piece_id]),
        image=lambda numero: reverse("opco_piece_apercu_page", args=[dossier_id, piece_id, numero]),
    )
    return montrer_apercu(request, lu, piece_id, acteur, adresses, {})


@page(opco(Pouvoir.CONSULTER))
def image(request: HttpRequest, dossier_id: UUID, piece_id: UUID, numero: int) -> HttpResponse:
    """One page of it, rights read again."""
    acteur, _ = ouvrir_dossier(request, dossier_id)
    return image_d_apercu(dossier_id, piece_id, numero, acteur)
