"""Dates: stored in UTC, judged and shown in Europe/Paris."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.socle.erreurs import SaisieRefusee

PARIS = ZoneInfo("Europe/Paris")
MOIS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
ANNEE_MIN, ANNEE_MAX = 1900, 2100
JOURS = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."]


def jour_de_paris(instant: datetime) -> date:
    """Calendar day in Paris of an aware instant."""
    return instant.astimezone(PARIS).date()


def fin_du_jour(jour: date) -> datetime:
    """The instant when a deadline set on that day is over: 24:00 Europe/Paris."""
    return datetime.combine(jour + timedelta(days=1), time(), PARIS).astimezone(UTC)


def debut_du_jour(jour: date) -> datetime:
    """00:00 Europe/Paris of that day, in UTC."""
    return datetime.combine(jour, time(), PARIS).astimezone(UTC)


def analyser_date(texte: str) -> date:
    """Read « 12/3/26 » (20xx), « 12-03-2026 », « 12032026 » or « 2026-03-12 », from 1900 to 2100. Raises SaisieRefusee."""
    net = texte.strip()
    if not net:
        raise SaisieRefusee("Indiquez une date")
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", net)
    fr = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", net) or re.fullmatch(r"(\d{2})(\d{2})(\d{4})", net)
    if iso:
        annee, mois, jour = (int(g) for g in iso.groups())
    elif fr:
        jour, mois, annee = (int(g) for g in fr.groups())
        annee += 2000 if annee < 100 else 0
    else:
        raise SaisieRefusee("Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026")
    if not ANNEE_MIN <= annee <= ANNEE_MAX:
        raise SaisieRefusee("Vérifiez l’année de cette date")
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise SaisieRefusee("Cette date n’existe pas au calendrier") from None


def formater_date(jour: date) -> str:
    """« 30/11/2026 »."""
    return f"{jour.day:02}/{jour.month:02}/{jour.year:04}"


def formater_jour(jour: date, reference: date) -> str:
    """« mer. 25 nov. » in the next seven days, « 4 déc. » in the year, else « 4 déc. 2027 »."""
    base = f"{jour.day}\u00a0{MOIS[jour.month - 1]}"
    if 0 <= (jour - reference).days <= 7:
        return f"{JOURS[jour.weekday()]} {base}"
    return base if jour.year == reference.year else f"{base}\u00a0{jour.year}"


def formater_duree(duree: timedelta) -> str:
    """« 3 j 2 h 5 min », down to the minute."""
    minutes = int(duree.total_seconds()) // 60
    parts = [(minutes // 1440, "j"), (minutes % 1440 // 60, "h"), (minutes % 60, "min")]
    return " ".join(f"{nombre}\u00a0{unite}" for nombre, unite in parts if nombre) or "0\u00a0min"


def mois_avant(jour: date, mois: int) -> date:
    """The same day that many months before; the last of its month when there is no such day."""
    annee, rang = divmod(jour.year * 12 + jour.month - 1 - mois, 12)
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def mois_apres(jour: date, mois: int) -> date:
    """The same day that many months later; the last of its month when there is no such day (29/02/2028 -> 28/02/2029)."""
    return mois_avant(jour, -mois)
