"""« À faire »: lines derived by the apps, put in order and given their addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from jalon.socle.acteurs import Tache


@dataclass(frozen=True, slots=True)
class LigneTache:
    """A task as it is drawn."""

    titre: str
    detail: str
    action: str
    url: str
    icone: str
    echeance: date | None
    retard: str = ""
    ton: str = ""
    suite: str = ""


@dataclass(frozen=True, slots=True)
class GroupeTaches:
    """« En retard », « Cette semaine », « Plus tard »."""

    titre: str
    taches: list[LigneTache]
    en_retard: bool = False


def grouper_taches(taches: Iterable[Tache], jour: date, *, limite: int | None = None) -> list[GroupeTaches]:
    """The tasks by delay, the first due come first; those without a day come last."""
    lignes = sorted((_ligne(t, jour) for t in taches), key=lambda t: t.echeance or date.max)[:limite]
    semaine = jour + timedelta(days=7)
    retard = [t for t in lignes if t.retard]
    bientot = [t for t in lignes if not t.retard and t.echeance is not None and t.echeance <= semaine]
    plus_tard = [t for t in lignes if t not in retard and t not in bientot]
    return [
        GroupeTaches("En retard", retard, en_retard=True),
        GroupeTaches("Cette semaine", bientot),
        GroupeTaches("Plus tard", plus_tard),
    ]


def _ligne(tache: Tache, jour: date) -> LigneTache:
    retard = (jour - tache.echeance).days if tache.echeance is not None else 0
    return LigneTache(
        titre=tache.titre,
        detail=tache.detail,
        action=tache.action,
        url=reverse(tache.nom_url, kwargs=dict(tache.parametres)) + (f"#{tache.ancre}" if tache.ancre else ""),
        icone=tache.icone,
        echeance=tache.echeance,
        retard=f"{retard}\u00a0jour{'s' if retard > 1 else ''} de retard" if retard > 0 else "",
        ton="bad" if retard > 0 else "warn" if tache.icone == "triangle-alert" else "",
        suite=tache.detail,
    )
