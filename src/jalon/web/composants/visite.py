"""Offering the tour of a home page: at the first visits, or when it is asked for again from the help."""

from dataclasses import dataclass

from django.http import HttpRequest

from jalon.aide.visites import VISITES, Visite
from jalon.comptes.models import Personne

DEMANDE = "visite"


@dataclass(frozen=True, slots=True)
class VisiteProposee:
    """`demandee`: to be begun at once, by the script."""

    visite: Visite
    demandee: bool


def visite_proposee(request: HttpRequest, code: str) -> VisiteProposee | None:
    """None once it was seen, and in the read-only view of a colleague. It costs no query: the account is loaded already."""
    if not isinstance(request.user, Personne) or getattr(request, "vue_comme", None) is not None:
        return None
    demandee = DEMANDE in request.GET
    if code in request.user.visites_vues and not demandee:
        return None
    return VisiteProposee(VISITES[code], demandee)
