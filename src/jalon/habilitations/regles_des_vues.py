"""« Voir le portail comme… »: how long it lasts, and what two people may both read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from jalon.socle.acteurs import Domaine

DUREE_D_UNE_VUE = timedelta(minutes=15)
Lisible = tuple[Domaine, str, str]
"""A domain that is read on a SIRET, or on the whole SIREN (empty), for one dispositif, or for all of them (empty)."""


def vue_ouverte(debut: datetime, maintenant: datetime) -> bool:
    """Fifteen minutes, to the second; a clock put back before the start closes it too."""
    return debut <= maintenant < debut + DUREE_D_UNE_VUE


def lisibles_par_les_deux(d_elle: Iterable[Lisible], de_moi: Iterable[Lisible]) -> frozenset[Lisible]:
    """What she reads and I read too, place by place: nobody gains by looking as another."""
    a_elle, a_moi = frozenset(d_elle), frozenset(de_moi)
    miens: dict[Domaine, dict[str, set[str]]] = {}
    for domaine, siret, dispositif in a_moi:
        miens.setdefault(domaine, {}).setdefault(siret, set()).add(dispositif)
    communs = set()
    for domaine, siret, dispositif in a_elle:
        if not a_moi.isdisjoint((domaine, lieu, sorte) for lieu in (siret, "") for sorte in (dispositif, "")):
            communs.add((domaine, siret, dispositif))
            continue
        ici = miens.get(domaine, {})
        for lieu in ici.keys() & {siret, ""} if siret else ici:
            sortes = ici[lieu] & {dispositif, ""} if dispositif else ici[lieu]
            communs.update((domaine, siret or lieu, dispositif or sorte) for sorte in sortes)
    return frozenset(communs)
