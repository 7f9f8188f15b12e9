"""Days of a contract: ages, years counted from the anniversary, working days, and deadlines. Both ends are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from jalon.socle.dates import fin_du_jour, mois_apres

JOURS_POUR_TRANSMETTRE = 5
"""Working days after the first day of the contract (Code du travail, D6224-1)."""

JOURS_POUR_DECIDER = 20
"""Days after the reception of every document (Code du travail, R6224-3)."""

DIMANCHE = 6
UN_JOUR = timedelta(days=1)
_ALSACE_MOSELLE = {"57": "57", "67": "6AE", "68": "6AE"}
_OUTRE_MER = {
    "97133": "BL", "97150": "MF", "971": "971", "972": "972", "973": "973", "974": "974", "976": "976",
    "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
_ABOLITION = "Abolition de l'esclavage"


@dataclass(frozen=True, slots=True)
class AnneeDeContrat:
    """A year of contract, from its anniversary; `fin` is the end of the contract for the last one."""

    numero: int
    debut: date
    fin: date
    jours_pleins: int
    """Days of the whole year, 365 or 366, even where the contract ends before."""

    @property
    def jours(self) -> int:
        """Days of contract in that year."""
        return (self.fin - self.debut).days + 1


def anniversaire(origine: date, annees: int) -> date:
    """The same day that many years later; 1 March where there is no 29 February."""
    annee = origine.year + annees
    if origine.month == 2 and origine.day == 29 and not _bissextile(annee):
        return date(annee, 3, 1)
    return origine.replace(year=annee)


def _bissextile(annee: int) -> bool:
    return annee % 4 == 0 and (annee % 100 != 0 or annee % 400 == 0)


def age(naissance: date, jour: date) -> int:
    """Years completed that day; a person born on 29 February grows on 1 March of the other years."""
    annees = jour.year - naissance.year
    return annees if anniversaire(naissance, annees) <= jour else annees - 1


def effet_de_l_age(naissance: date, atteint: int) -> date:
    """Day when an age counts for the pay: the first of the month after the birthday (Code du travail, D6222-31).

    Born on the 1st: the next month. Born on 29 February: 1 March, whatever the year.
    """
    mois = naissance.year * 12 + naissance.month + atteint * 12
    return date(mois // 12, mois % 12 + 1, 1)


def age_de_paie(naissance: date, jour: date) -> int:
    """The age that counts for the pay that day."""
    atteint = age(naissance, jour)
    return atteint if effet_de_l_age(naissance, atteint) <= jour else atteint - 1


def annees_de_contrat(debut: date, fin: date) -> Iterator[AnneeDeContrat]:
    """The years of a contract, in order, without a gap. None when it ends before it begins."""
    numero = 1
    while (ouverture := anniversaire(debut, numero - 1)) <= fin:
        suivante = anniversaire(debut, numero)
        yield AnneeDeContrat(numero, ouverture, min(fin, suivante - UN_JOUR), (suivante - ouverture).days)
        numero += 1


def moins_d_un_an(debut: date, fin: date) -> bool:
    """Whether the contract is of less than one year; exactly one year is not."""
    return fin < anniversaire(debut, 1) - UN_JOUR


def dernier_jour(debut: date, mois: int) -> date:
    """Last day of a contract of that many months: 36 from 01/09/2026 -> 31/08/2029."""
    annees, reste = divmod(mois, 12)
    suivant = anniversaire(debut, annees) if reste == 0 else mois_apres(debut, mois)
    return suivant - UN_JOUR


def mois_entames(debut: date, fin: date) -> int:
    """Months begun between two days, counted from the first: 15/09 -> 14/10 is one, 15/09 -> 15/10 is two."""
    if fin < debut:
        return 0
    ecart = (fin.year - debut.year) * 12 + fin.month - debut.month
    return ecart + 1 if mois_apres(debut, ecart) <= fin else ecart


def mois_revolus(debut: date, fin: date) -> int:
    """Whole months between two days: 01/09/2026 -> 28/02/2027 is six."""
    return mois_entames(debut, fin + UN_JOUR) - 1 if fin >= debut else 0


@cache
def feries(annee: int, code_postal: str) -> frozenset[date]:
    """Public holidays of a year by law, where that postcode is.

    Everywhere the same eleven days; two more in Alsace-Moselle; overseas, the day of the abolition of slavery only:
    mid-Lent or Schœlcher day are customs. Pacific collectivities keep their own list.
    """
    zone = _ALSACE_MOSELLE.get(code_postal[:2]) or _OUTRE_MER.get(code_postal) or _OUTRE_MER.get(code_postal[:3])
    nationaux = set(holidays.country_holidays("FR", years=annee))
    if zone is None:
        return frozenset(nationaux)
    locaux = holidays.country_holidays("FR", subdiv=zone, years=annee, language="fr")
    coutumes = zone.startswith("97") or zone in {"BL", "MF"}
    return frozenset(nationaux | {jour for jour, nom in locaux.items() if not coutumes or _ABOLITION in nom})


def est_ouvrable(jour: date, code_postal: str = "") -> bool:
    """Every day but Sunday and public holidays: Saturday counts."""
    return jour.weekday() != DIMANCHE and jour not in feries(jour.year, code_postal)


def jours_ouvrables_apres(jour: date, nombre: int, code_postal: str = "") -> date:
    """The last of that many working days, counted from the day after."""
    while nombre > 0:
        jour += UN_JOUR
        nombre -= est_ouvrable(jour, code_postal)
    return jour


def limite_de_transmission(debut: date, code_postal: str = "") -> date:
    """Last day to send the contract to the OPCO (Code du travail, D6224-1); postcode of the employer."""
    return jours_ouvrables_apres(debut, JOURS_POUR_TRANSMETTRE, code_postal)


def naissance_du_silence(dossier_complet: date) -> datetime:
    """Instant when silence becomes a decision: 00:00 in Paris after the 20th day (Code du travail, R6224-3)."""
    return fin_du_jour(dossier_complet + timedelta(days=JOURS_POUR_DECIDER))
