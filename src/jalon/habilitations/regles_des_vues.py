"""« Voir le portail comme… »: how long it lasts, and what two people may both read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from jalon.socle.acteurs import Domaine

DUREE_D_UNE_VUE = timedelta(minutes=15)
Lisible = tuple[Domaine, str]
"""A domain that is read on a SIRET, or on the whole SIREN (empty)."""


def vue_ouverte(debut: datetime, maintenant: datetime) -> bool:
    """Fifteen minutes, to the second; a clock put back before the start closes it too."""
    return debut <= maintenant < debut + DUREE_D_UNE_VUE


def lisibles_par_les_deux(d_elle: Iterable[Lisible], de_moi: Iterable[Lisible]) -> frozenset[Lisible]:
    """What she reads and I read too, place by place: nobody gains by looking as another."""
    a_elle, a_moi = frozenset(d_elle), frozenset(de_moi)
    communs = set()
    for domaine, siret in a_elle:
        if (domaine, siret) in a_moi or (domaine, "") in a_moi:
            communs.add((domaine, siret))
        elif not siret:
            communs.update((d, place) for d, place in a_moi if d == domaine)
    return frozenset(communs)
