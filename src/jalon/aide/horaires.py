"""When somebody answers the telephone: packaged hours, said with the user's own clock. Hours are those of Paris."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from jalon.aide.enums import DemiJournee
from jalon.aide.profils import lire_donnees
from jalon.dispositifs.alternance.calendrier import est_ouvrable
from jalon.socle.dates import PARIS

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LIBELLES_ECARTS = {-1: " la veille", 0: "", 1: " le lendemain"}
Plages = Mapping[DemiJournee, tuple[time, time]]


@dataclass(frozen=True, slots=True)
class LigneHoraire:
    """« Du lundi au jeudi », « de 9 h à 12 h 30 et de 14 h à 17 h 30 », and the same by the clock of somebody overseas."""

    jours: str
    heures: str
    chez_vous: str


def _horaires() -> dict[int, dict[DemiJournee, tuple[time, time]]]:
    lus: dict[int, dict[DemiJournee, tuple[time, time]]] = {}
    for ligne in lire_donnees("horaires.csv"):
        plage = (time.fromisoformat(ligne["debut"]), time.fromisoformat(ligne["fin"]))
        lus.setdefault(int(ligne["jour"]), {})[DemiJournee(ligne["moment"])] = plage
    return lus


HORAIRES: Mapping[int, Plages] = _horaires()
"""ISO day of the week -> its half-days."""


def ouverture(jour: date, moment: DemiJournee) -> tuple[datetime, datetime] | None:
    """Beginning and end of a half-day; None when nobody answers (closed, public holiday)."""
    plage = HORAIRES.get(jour.isoweekday(), {}).get(moment)
    if plage is None or not est_ouvrable(jour):
        return None
    return datetime.combine(jour, plage[0], PARIS), datetime.combine(jour, plage[1], PARIS)


def lignes_horaires(fuseau: str, jour: date) -> list[LigneHoraire]:
    """The week, days alike together. `chez_vous` is empty when the clock is that of Paris on that day."""
    lignes = []
    for plages, groupe in groupby(sorted(HORAIRES), key=lambda j: HORAIRES[j]):
        jours = [JOURS[j - 1] for j in groupe]
        ici = _phrase(plages, jour, PARIS)
        la_bas = _phrase(plages, jour, ZoneInfo(fuseau))
        lignes.append(LigneHoraire(_nommer(jours), ici, la_bas if la_bas != ici else ""))
    return lignes


def _nommer(jours: list[str]) -> str:
    return f"Du {jours[0]} au {jours[-1]}" if len(jours) > 1 else f"Le {jours[0]}"


def _phrase(plages: Plages, jour: date, fuseau: ZoneInfo) -> str:
    return " et ".join(f"de {_heure(debut, jour, fuseau)} à {_heure(fin, jour, fuseau)}" for debut, fin in plages.values())


def _heure(heure: time, jour: date, fuseau: ZoneInfo) -> str:
    """« 9 h », « 12 h 30 », « 22 h la veille »."""
    locale = datetime.combine(jour, heure, PARIS).astimezone(fuseau)
    minutes = f"\u00a0{locale.minute:02}" if locale.minute else ""
    return f"{locale.hour}\u00a0h{minutes}{LIBELLES_ECARTS[(locale.date() - jour).days]}"
