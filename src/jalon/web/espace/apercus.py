"""Looking at the documents of a request without taking them out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jalon.socle.acteurs import Niveau
from jalon.web.composants.acces import espace, page
from jalon.web.composants.apercus import Adresses, image_d_apercu, montrer_apercu
from jalon.web.espace.saisie.ouverture import ouvrir_saisie


@page(espace(None, Niveau.LECTURE))
def apercu(request: HttpRequest, siren: str, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """The first pages of a document, to who may see it; the register keeps the opening."""
    saisie = ouvrir_saisie(request, siren, dossier_id, Niveau.LECTURE)
    adresses = Adresses(
        retour=reverse("saisie_pieces" if saisie.dossier.est_brouillon else "espace_dossier", args=[siren, dossier_id]),
        fichier=reverse("piece_telecharger", args=[siren, dossier_id, piece_id]),
        image=lambda numero: reverse("piece_apercu_page", args=[siren, dossier_id, piece_id, numero]),
    )
    return montrer_apercu(request, saisie.dossier, piece_id, saisie.ici.acteur, adresses, {"ici": saisie.ici})


@page(espace(None, Niveau.LECTURE))
def image(request: HttpRequest, siren: str, dossier_id: UUID, piece_id: UUID, numero: int) -> HttpResponse:
    """One page of it, rights read again."""
    saisie = ouvrir_saisie(request, siren, dossier_id, Niveau.LECTURE)
    return image_d_apercu(dossier_id, piece_id, numero, saisie.ici.acteur)
