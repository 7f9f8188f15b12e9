"""What a webinar may be, and its calendar file. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from jalon.aide.profils import lire_profil
from jalon.socle.erreurs import SaisiesRefusees

TITRE_MAX, RESUME_MAX, LIEN_MAX = 120, 800, 500
DUREE_MIN, DUREE_MAX, PLACES_MAX = 10, 480, 5_000
OCTETS_PAR_LIGNE = 75
"""RFC 5545, 3.1: a longer line is folded."""


@dataclass(frozen=True, slots=True)
class SaisieWebinaire:
    """What the OPCO plans; `duree` in minutes; empty `region` and `branche`: for everybody."""

    titre: str
    resume: str
    debut: datetime
    duree: int
    places: int
    lien: str
    region: str = ""
    branche: str = ""

    def valeurs(self) -> dict[str, Any]:
        """By name of column."""
        return {nom: getattr(self, nom) for nom in self.__slots__}


def controler(saisie: SaisieWebinaire, maintenant: datetime) -> None:
    """Raise SaisiesRefusees with every box to mend."""
    champs: dict[str, str] = {}
    if not 0 < len(saisie.titre.strip()) <= TITRE_MAX:
        champs["titre"] = f"Donnez un titre de {TITRE_MAX}\u00a0signes au plus"
    if not 0 < len(saisie.resume.strip()) <= RESUME_MAX:
        champs["resume"] = f"Donnez un résumé de {RESUME_MAX}\u00a0signes au plus"
    if saisie.debut <= maintenant:
        champs["jour"] = "Choisissez un jour et une heure à venir"
    if not DUREE_MIN <= saisie.duree <= DUREE_MAX:
        champs["duree"] = f"Écrivez une durée de {DUREE_MIN} à {DUREE_MAX}\u00a0minutes"
    if not 1 <= saisie.places <= PLACES_MAX:
        champs["places"] = f"Écrivez un nombre de places de 1 à {PLACES_MAX}"
    if not _lien_sur(saisie.lien):
        champs["lien"] = "Recopiez l’adresse de connexion entière, qui commence par https://"
    try:
        lire_profil(branche=saisie.branche, region=saisie.region)
    except SaisiesRefusees as refus:
        champs |= refus.champs
    if champs:
        raise SaisiesRefusees(champs)


def _lien_sur(lien: str) -> bool:
    lue = urlsplit(lien)
    return lue.scheme == "https" and bool(lue.hostname) and len(lien) <= LIEN_MAX and not any(c.isspace() for c in lien)


HEURE_DE_PARIS = (
    "BEGIN:VTIMEZONE", "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def calendrier(*, identifiant: str, titre: str, resume: str, lien: str, debut: datetime, duree: int, maintenant: datetime) -> str:
    """An iCalendar file of one event (RFC 5545), in the clock of Paris. `debut` is already in it."""
    fin = debut + timedelta(minutes=duree)
    lignes = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jalon//Webinaires//FR", "METHOD:PUBLISH", *HEURE_DE_PARIS,
        "BEGIN:VEVENT", f"UID:{identifiant}", f"DTSTAMP:{maintenant.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Paris:{debut:%Y%m%dT%H%M%S}", f"DTEND;TZID=Europe/Paris:{fin:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_texte(titre)}", f"DESCRIPTION:{_texte(resume)}", f"URL:{lien}", f"LOCATION:{_texte(lien)}",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "".join(f"{_pliee(ligne)}\r\n" for ligne in lignes)


def _texte(valeur: str) -> str:
    """RFC 5545, 3.3.11."""
    for signe in ("\\", ";", ","):
        valeur = valeur.replace(signe, f"\\{signe}")
    return "\\n".join(valeur.splitlines())


def _pliee(ligne: str) -> str:
    """Folded so that no line is longer than 75 bytes, never inside a character."""
    morceaux, courant, octets = [], "", 0
    for caractere in ligne:
        poids = len(caractere.encode())
        if octets + poids > OCTETS_PAR_LIGNE:
            morceaux.append(courant)
            courant, octets = " ", 1
        courant += caractere
        octets += poids
    return "\r\n".join([*morceaux, courant])
