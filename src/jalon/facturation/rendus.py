"""What payees gave back, or need not give back any more, on each part of an agreement."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from jalon.facturation.enums import EtatTropPercu, PosteVerse
from jalon.facturation.models import TropPercu
from jalon.socle.montants import ZERO, euros

Rendus = dict[tuple[UUID, PosteVerse], Decimal]


def rendus(engagements: Iterable[UUID]) -> Rendus:
    """Euros given back, by agreement and part: they may be asked again if the agreement grows. One query."""
    return _sommes(engagements, "recu")


def abandons(engagements: Iterable[UUID]) -> Rendus:
    """Euros given up, by agreement and part. One query."""
    return _sommes(engagements, "abandonne")


def _sommes(engagements: Iterable[UUID], colonne: str) -> Rendus:
    lignes = TropPercu.objects.tous("ce qui est rendu d’un accord, pour n’en perdre ni n’en créer un centime")
    sommes = (
        lignes.filter(engagement__in=list(engagements))
        .exclude(etat=EtatTropPercu.SANS_OBJET, recu=0, abandonne=0)
        .order_by()
        .values_list("engagement_id", "poste")
        .annotate(somme=Sum(colonne))
    )
    return defaultdict(lambda: ZERO, {(cle, PosteVerse(poste)): euros(somme) for cle, poste, somme in sommes})
