"""What a rate makes in euros, by the SMIC of the day."""

from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import UN_JOUR
from jalon.dispositifs.alternance.verifications import HEURES_LEGALES
from jalon.dispositifs.apprentissage.remuneration.donnees import MinimumMensuel, PeriodeMinimale
from jalon.socle.baremes_alternance import BaseSalaire, JeuAlternance, Territoire


def minimum_mensuel(
    periode: PeriodeMinimale,
    jour: date,
    jeu: JeuAlternance,
    *,
    smc: Decimal | None = None,
    territoire: Territoire = Territoire.FRANCE,
    heures: Decimal = HEURES_LEGALES,
    salaire_precedent: Decimal | None = None,
) -> MinimumMensuel:
    """The least gross pay of a month of that period, with the SMIC in force on `jour`.

    `heures` a week: under 35, the minimum is in proportion (an apprentice has the rules of every employee, L6222-23); above,
    it stays that of 35 hours, overtime being paid apart. `salaire_precedent`: monthly pay not to fall under (D6222-29).
    The 15 points never lead above the SMIC (D6222-31). Raises RegleAbsente.
    """
    smic = jeu.smic(jour, territoire)
    au_smc = periode.smc_possible and smc is not None and smc > smic.mensuel
    base = smc if au_smc and smc is not None else smic.mensuel
    exact = base * periode.taux / 100
    if periode.taux > periode.hors_majoration:
        exact = min(exact, max(smic.mensuel, base * periode.hors_majoration / 100))
    exact = exact * min(heures, HEURES_LEGALES) / HEURES_LEGALES
    return MinimumMensuel(
        exact=max(exact, salaire_precedent or exact),
        smic=smic,
        base=BaseSalaire.SMC if au_smc else BaseSalaire.SMIC,
        montant_base=base,
    )


def minimums_de_la_periode(
    periode: PeriodeMinimale,
    jeu: JeuAlternance,
    *,
    smc: Decimal | None = None,
    territoire: Territoire = Territoire.FRANCE,
    heures: Decimal = HEURES_LEGALES,
) -> tuple[tuple[date, date, MinimumMensuel], ...]:
    """The period cut by the values of the SMIC known in it: first day, last day, minimum. Raises RegleAbsente."""
    debuts = [periode.du, *jeu.changements_de_smic(periode.du, periode.au, territoire)]
    fins = [*(jour - UN_JOUR for jour in debuts[1:]), periode.au]
    return tuple(
        (du, au, minimum_mensuel(periode, du, jeu, smc=smc, territoire=territoire, heures=heures))
        for du, au in zip(debuts, fins, strict=True)
    )
