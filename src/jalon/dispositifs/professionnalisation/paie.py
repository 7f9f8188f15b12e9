"""The least pay of a contrat de professionnalisation (Code du travail, D6325-15, D6325-16, D6325-18, L6325-9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR, age_de_paie, effet_de_l_age
from jalon.dispositifs.alternance.verifications import HEURES_LEGALES
from jalon.socle.baremes_alternance import JeuAlternance, Territoire

AGES = (21, 26)
MOINS_DE_21, DE_21_A_25 = (Decimal(55), Decimal(65)), (Decimal(70), Decimal(80))
"""Percent of the SMIC without, and with, a qualification of the level of a bac professionnel."""
SMIC_ENTIER, PART_CONVENTIONNELLE = Decimal(100), Decimal(85)


@dataclass(frozen=True, slots=True)
class PeriodePro:
    """Days paid at one rate; `taux` in percent of the SMIC, `conventionnel` in percent of the minimum of the agreement, or None."""

    du: date
    au: date
    taux: Decimal
    conventionnel: Decimal | None


def periodes_minimales(naissance: date, debut: date, fin: date, *, qualifie: bool) -> Iterator[PeriodePro]:
    """The periods of a contract, cut the first of the month that follows the 21st and 26th birthdays (D6325-16)."""
    ruptures = sorted(jour for jour in (effet_de_l_age(naissance, age) for age in AGES) if debut < jour <= fin)
    debuts = [debut, *ruptures]
    fins = [*(jour - UN_JOUR for jour in ruptures), fin]
    for du, au in zip(debuts, fins, strict=True):
        atteint = age_de_paie(naissance, du)
        if atteint >= AGES[1]:
            yield PeriodePro(du, au, SMIC_ENTIER, PART_CONVENTIONNELLE)
        else:
            yield PeriodePro(du, au, (MOINS_DE_21 if atteint < AGES[0] else DE_21_A_25)[qualifie], None)


def minimum_mensuel(
    periode: PeriodePro,
    jeu: JeuAlternance,
    *,
    heures: Decimal = HEURES_LEGALES,
    conventionnel: Decimal | None = None,
    territoire: Territoire = Territoire.FRANCE,
) -> Decimal:
    """The least gross month, exact, on the first day of the period; in proportion under 35 hours. `conventionnel`: minimum of the
    agreement for the job. Raises RegleAbsente."""
    smic = jeu.smic(periode.du, territoire).mensuel * periode.taux / 100 * min(heures, HEURES_LEGALES) / HEURES_LEGALES
    if periode.conventionnel is None or conventionnel is None:
        return smic
    return max(smic, conventionnel * periode.conventionnel / 100)
