"""What a list is measured against: Django with no middleware, no rights, no shell, served by the same Granian.

`/tableau/<rank of the actor>/` reads the first 25 requests of that actor with one query of the ORM, and draws them with the
product's own table (`dossiers/resultats.html`): the same rows, the same cells.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from jalon.bancs.dossiers.scene import ENV_SCENE, Scene
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.listes import DOSSIERS
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.filtre import ORDRE_HABITUEL
from jalon.dossiers.requetes.liste import COLONNES, PAR_PAGE
from jalon.socle.horloge import aujourdhui
from jalon.web.composants.tableaux import tableau_de

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Dossiers</title></head><body><h1>Dossiers</h1>
{% include "dossiers/resultats.html" %}</body></html>"""
ABSENTS: dict[str, Any] = {
    "refus": (), "puces": [], "reglage": None, "regler": "", "caches": [], "ordre": "", "colonnes": "", "precedent": "", "suivant": "",
    "sans_filtre": "", "premiere": "", "legende": "Dossiers", "filtree": False, "hors_page": False, "espace": "", "opco": False,
    "exporter": None, "garder": "", "selection": False,
}  # fmt: skip
"""No filter, no other page."""
SANS = ("titre", "numero", "reference_interne")
"""Columns that the row itself tells."""


@cache
def _scene() -> Scene:
    return Scene.lire(Path(os.environ[ENV_SCENE]))


@cache
def _gabarit() -> Any:
    return engines["django"].from_string(PAGE)


def _lire(rang: int) -> list[Dossier]:
    """The rows of the first page, by the shortest way."""
    colonne, valeurs = _scene().acteurs[rang].critere
    lignes = Dossier.objects.tous("banc, vue nue").filter(**{f"{colonne}__in": valeurs}).exclude(etat=EtatDossier.BROUILLON)
    if colonne == "prestataire_siren":
        lignes = lignes.filter(accorde_le__isnull=False)
    return list(lignes.order_by("-modifie_le", "-id").only(*COLONNES)[:PAR_PAGE])


def tableau(request: HttpRequest, rang: int) -> HttpResponse:
    """One query, the table of the product, and nothing else."""
    jour = aujourdhui()
    doublon = "denomination" if rang == 0 else "etablissement_nom"
    colonnes = [c for c in DOSSIERS.choisies("") if c.code not in {*SANS, doublon}]
    contexte = {
        "tableau": tableau_de(colonnes, _lire(rang), jour, tri=ORDRE_HABITUEL),
        "jour": jour,
        "request": request,
    } | ABSENTS
    reponse = HttpResponse(_gabarit().render(contexte, request))
    reponse["Content-Length"] = str(len(reponse.content))
    return reponse


def ailleurs(request: HttpRequest, siren: str = "", dossier_id: UUID | None = None) -> HttpResponse:
    """Where the links of the table lead: nowhere."""
    del request, siren, dossier_id
    return HttpResponse(status=404)


urlpatterns = [
    path("tableau/<int:rang>/", tableau),
    path("e/<str:siren>/dossiers/<uuid:dossier_id>/", ailleurs, name="espace_dossier"),
    path("opco/dossiers/<uuid:dossier_id>/", ailleurs, name="opco_dossier"),
]
