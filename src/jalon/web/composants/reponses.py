"""What was sent, on the page of a request: rows of people by pages, since there may be 2,000 of them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from jalon.dispositifs.lecture import RubriqueAffichee
from jalon.socle.texte import entier_ou

PAR_PAGE = 20


def reponses_par_pages(request: HttpRequest, rubriques: Sequence[RubriqueAffichee]) -> dict[str, Any]:
    """Every section, and the rows of the page asked (« ?reponses=2 »), in their order."""
    rangs = {id(r): rang for rang, r in enumerate(r for r in rubriques if r.repetee)}
    derniere = max((len(rangs) - 1) // PAR_PAGE + 1, 1)
    numero = min(max(entier_ou(request.GET.get("reponses", ""), 1), 1), derniere)
    vues = range((numero - 1) * PAR_PAGE, numero * PAR_PAGE)
    return {
        "rubriques": [r for r in rubriques if not r.repetee or rangs[id(r)] in vues],
        "page_des_reponses": numero,
        "pages_des_reponses": derniere,
    }
