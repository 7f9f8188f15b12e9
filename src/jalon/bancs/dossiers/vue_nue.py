"""What a page is measured against: Django with no middleware, no rights, no shell, served by the same Granian.

Both views ask one query at each request, for the first 25 requests of the company.
`/tableau/` draws them with the product's own table (`dossiers/resultats.html`): the same rows, the same cells.
`/simple/` draws seven columns of raw rows with a template that has no tag of ours: the least that Django can do.
"""

import os
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from jalon.bancs.dossiers.scene import ENV_SIREN
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.liste import COLONNES, PAR_PAGE, Page
from jalon.socle.horloge import aujourdhui

SIMPLE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Dossiers</title></head><body><h1>Dossiers</h1><table>
{% for d in dossiers %}<tr><td><a href="/d/{{ d.numero }}/">{{ d.titre }}</a></td><td>{{ d.numero }}</td><td>{{ d.denomination }}</td>
<td>{{ d.etat }}</td><td>{{ d.montant_accorde|default_if_none:"" }}</td><td>{{ d.montant_paye }}</td><td>{{ d.modifie_le|date:"d/m/Y" }}</td></tr>
{% endfor %}</table></body></html>"""
TABLEAU = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Dossiers</title></head><body><h1>Dossiers</h1>
{% include "dossiers/resultats.html" %}</body></html>"""


@cache
def _gabarit(source: str) -> Any:
    return engines["django"].from_string(source)


def _lire() -> list[Dossier]:
    """The rows of the first page, by the shortest way."""
    envoyes = Dossier.objects.tous("banc, vue nue").filter(siren=os.environ[ENV_SIREN]).exclude(etat=EtatDossier.BROUILLON)
    return list(envoyes.order_by("-modifie_le", "-id").only(*COLONNES)[:PAR_PAGE])


def _repondre(page: str) -> HttpResponse:
    """With the length, which CommonMiddleware usually gives."""
    reponse = HttpResponse(page)
    reponse["Content-Length"] = str(len(reponse.content))
    return reponse


def tableau(request: HttpRequest) -> HttpResponse:
    """One query, the table of the product, and nothing else."""
    page = Page(_lire())
    contexte = {"page": page, "jour": aujourdhui(), "espace": os.environ[ENV_SIREN], "par_lieu": True, "opco": False}
    return _repondre(_gabarit(TABLEAU).render(contexte, request))


def simple(request: HttpRequest) -> HttpResponse:
    """One query, 25 rows, seven columns."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT titre, numero, denomination, etat, montant_accorde, montant_paye, modifie_le FROM dossiers_dossier "
            "WHERE siren = %s AND etat <> 'brouillon' ORDER BY modifie_le DESC, id DESC LIMIT 25",
            [os.environ[ENV_SIREN]],
        )
        noms = [colonne.name for colonne in curseur.description or ()]
        dossiers = [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
    return _repondre(_gabarit(SIMPLE).render({"dossiers": dossiers}, request))


def ailleurs(request: HttpRequest, siren: str = "", dossier_id: UUID | None = None) -> HttpResponse:
    """Where the links of the table lead: nowhere."""
    del request, siren, dossier_id
    return HttpResponse(status=404)


urlpatterns = [
    path("tableau/", tableau),
    path("simple/", simple),
    path("e/<str:siren>/dossiers/<uuid:dossier_id>/", ailleurs, name="espace_dossier"),
    path("opco/dossiers/<uuid:dossier_id>/", ailleurs, name="opco_dossier"),
]
