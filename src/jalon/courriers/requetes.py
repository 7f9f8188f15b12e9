"""Reading the queue of e-mails."""

from collections.abc import Collection
from datetime import datetime

from jalon.courriers.models import Courriel


def adresses_servies(genres: Collection[str], prepare_le: datetime) -> frozenset[str]:
    """Addresses to which an act of that instant has already written, by e-mails of these kinds."""
    if not genres:
        return frozenset()
    prepares = Courriel.objects.filter(genre__in=list(genres), prepare_le=prepare_le)
    return frozenset(prepares.values_list("adresse", flat=True))
