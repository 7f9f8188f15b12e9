"""What a webinar may be, and its calendar file. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from jalon.aide.profils import lire_profil
from jalon.socle.erreurs import SaisiesRefusees

TITRE_MAX, RESUME_MAX, LIEN_MAX = 120, 800, 500
UN_AN = timedelta(days=365)
DUREE_MIN, DUREE_MAX, PLACES_MAX = 10, 480, 5_000


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


def calendrier(*, identifiant: str, titre: str, resume: str, lien: str, debut: datetime, duree: int, maintenant: datetime) -> str:
    """An iCalendar file of one event (RFC 5545), in the clock of Paris. `debut` is already in it."""
    evenement = Event()
    evenement.add("uid", identifiant)
    evenement.add("dtstamp", maintenant.astimezone(UTC).replace(microsecond=0))
    evenement.add("dtstart", debut)
    evenement.add("dtend", debut + timedelta(minutes=duree))
    evenement.add("summary", titre)
    evenement.add("description", resume)
    evenement.add("url", lien)
    evenement.add("location", lien)
    agenda = Calendar()
    for nom, valeur in (("version", "2.0"), ("prodid", "-//Jalon//Webinaires//FR"), ("method", "PUBLISH")):
        agenda.add(nom, valeur)
    agenda.add_component(evenement)
    agenda.add_missing_timezones(debut.date() - UN_AN, debut.date() + UN_AN)
    octets: bytes = agenda.to_ical()
    return octets.decode("utf-8")
