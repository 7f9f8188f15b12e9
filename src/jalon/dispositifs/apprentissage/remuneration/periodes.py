"""The periods of a contract at one rate: years of execution crossed with the ages that count."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import (
    UN_JOUR,
    age_de_paie,
    anniversaire,
    dernier_jour,
    effet_de_l_age,
    mois_entames,
)
from jalon.dispositifs.apprentissage.remuneration.donnees import DonneesRemuneration, PeriodeMinimale, Prolongation
from jalon.dispositifs.types.formats import nombre
from jalon.socle.baremes_alternance import BaseSalaire, JeuAlternance, TauxSalaire

AGES_DE_MAJORATION = (18, 21, 26)
AGE_SANS_ARTICLE_27 = 16
ANNEES_DE_LA_GRILLE = 3
ANNEE_LICENCE_PROFESSIONNELLE = 2
CENT_POUR_CENT = Decimal(100)
QUINZE_POINTS = Decimal(15)
SANS_POINTS = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Regime:
    """The year of the grid that counts, the points added to its rate, and where that is written."""

    annee: int
    raison: str
    articles: tuple[str, ...] = ()
    points: Decimal = SANS_POINTS


def periodes_minimales(donnees: DonneesRemuneration, jeu: JeuAlternance) -> tuple[PeriodeMinimale, ...]:
    """Every period of the contract, contiguous from its first day to its last; none when it ends before it begins.

    A year has two periods at most, but three where a birthday and a prolongation fall in it. Raises RegleAbsente.
    """
    periodes: list[PeriodeMinimale] = []
    for rang, debut, fin in _rangees(donnees):
        sous_rang = 0
        for du, au in _coupes(donnees, debut, fin):
            periode = _periode(donnees, jeu, rang, du, au)
            if sous_rang and _meme_salaire(periodes[-1], periode):
                periodes[-1] = replace(periodes[-1], au=au)
            else:
                sous_rang += 1
                periodes.append(replace(periode, ordre=f"{rang}.{sous_rang}"))
    return tuple(periodes)


def mois_acquis_du_cycle(debut: date, fin: date, mois_du_cycle: int) -> int:
    """Months of the cycle that a shorter contract is deemed to have done (Code du travail, D6222-28-1)."""
    return max(0, mois_du_cycle - mois_entames(debut, fin))


def _rangees(donnees: DonneesRemuneration) -> Iterator[tuple[int, date, date]]:
    """Rank, first and last day of each year of apprenticeship in the contract; the first is short if it was partly done."""
    debut, rang = donnees.debut, 1
    while debut <= donnees.fin:
        fin = dernier_jour(donnees.debut, rang * 12 - donnees.mois_acquis % 12)
        yield rang, debut, min(fin, donnees.fin)
        debut, rang = fin + UN_JOUR, rang + 1


def _coupes(donnees: DonneesRemuneration, debut: date, fin: date) -> Iterator[tuple[date, date]]:
    """The days of a year, cut where an age counts and where a prolongation begins."""
    ruptures = {effet_de_l_age(donnees.naissance, age) for age in AGES_DE_MAJORATION}
    if donnees.fin_initiale is not None:
        ruptures.add(donnees.fin_initiale + UN_JOUR)
    debuts = [debut, *sorted(jour for jour in ruptures if debut < jour <= fin)]
    fins = [*(jour - UN_JOUR for jour in debuts[1:]), fin]
    return zip(debuts, fins, strict=True)


def _meme_salaire(avant: PeriodeMinimale, apres: PeriodeMinimale) -> bool:
    return (avant.taux, avant.hors_majoration, avant.base, avant.smc_possible) == (
        apres.taux,
        apres.hors_majoration,
        apres.base,
        apres.smc_possible,
    )


def _periode(donnees: DonneesRemuneration, jeu: JeuAlternance, rang: int, du: date, au: date) -> PeriodeMinimale:
    """One period, without its place in the year."""
    regime = _avec_les_points(donnees, _regime(donnees, rang, du))
    age = age_de_paie(donnees.naissance, du)
    cellule = jeu.taux(age, regime.annee, donnees.conclusion, donnees.idcc)
    legal = max(cellule.taux, min(cellule.taux + regime.points, CENT_POUR_CENT))
    plancher = min(donnees.taux_precedent or SANS_POINTS, CENT_POUR_CENT)
    raison, source = _dire(donnees, regime, cellule, age, du)
    if plancher > legal:
        raison = (
            f"Au moins le taux de la dernière année du contrat précédent, qui a mené au diplôme\u00a0: {_pour_cent(plancher)}."
        )
        source = "Code du travail, D6222-29"
    return PeriodeMinimale(
        ordre="",
        du=du,
        au=au,
        annee=cellule.annee,
        age=age,
        taux=max(legal, plancher),
        hors_majoration=max(cellule.taux, plancher),
        base=_base(donnees, jeu, cellule, du),
        smc_possible=cellule.base == BaseSalaire.SMC,
        raison=raison,
        source=source,
    )


def _base(donnees: DonneesRemuneration, jeu: JeuAlternance, cellule: TauxSalaire, du: date) -> BaseSalaire:
    """The SMC where it counts and is higher than the SMIC that day."""
    if cellule.base == BaseSalaire.SMIC or donnees.smc is None:
        return BaseSalaire.SMIC
    return BaseSalaire.SMC if donnees.smc > jeu.smic(du, donnees.territoire).mensuel else BaseSalaire.SMIC


def _regime(donnees: DonneesRemuneration, rang: int, du: date) -> _Regime:
    """The year that counts on that day: the one being done, unless an article freezes it."""
    annee = donnees.mois_acquis // 12 + rang
    if donnees.licence_professionnelle:
        regime = _Regime(ANNEE_LICENCE_PROFESSIONNELLE, "licence professionnelle\u00a0: taux de la 2e année", ("D6222-32",))
    elif donnees.mois_acquis:
        regime = _Regime(annee, f"{_rang(annee)} année, le début du cycle étant réputé accompli", ("D6222-28-1",))
    else:
        regime = _Regime(annee, f"{_rang(annee)} année")
    if donnees.fin_initiale is not None and du > donnees.fin_initiale:
        return _prolonge(donnees, regime, donnees.fin_initiale)
    return _apres_la_grille(donnees, regime, annee)


def _prolonge(donnees: DonneesRemuneration, regime: _Regime, fin_initiale: date) -> _Regime:
    """After the end first planned, the last year before goes on (D6222-28, D6222-28-2), with 15 points (R6222-48)."""
    if donnees.licence_professionnelle or donnees.prolongation == Prolongation.SPORTIF:
        derniere = regime.annee
    else:
        derniere = _derniere_annee(donnees, fin_initiale)
    if donnees.prolongation == Prolongation.SPORTIF or derniere > ANNEES_DE_LA_GRILLE:
        return _apres_la_grille(donnees, regime, derniere)
    raison = f"prolongation\u00a0: taux de la {_rang(derniere)} année"
    if donnees.prolongation == Prolongation.HANDICAP:
        return _Regime(derniere, f"{raison}, plus 15 points", (*regime.articles, "R6222-48"), QUINZE_POINTS)
    article = "D6222-28-2" if donnees.prolongation == Prolongation.CYCLE_DEPASSE else "D6222-28"
    return _Regime(derniere, raison, (*regime.articles, article))


def _derniere_annee(donnees: DonneesRemuneration, fin_initiale: date) -> int:
    """The year of apprenticeship of the last day before the prolongation."""
    faits = donnees.mois_acquis + mois_entames(donnees.debut, fin_initiale)
    return max(1, -(-faits // 12))


def _apres_la_grille(donnees: DonneesRemuneration, regime: _Regime, annee: int) -> _Regime:
    """A fourth year keeps the rate of the third (R6222-60, D6222-28), with 15 points for a disabled apprentice (R6222-48)."""
    if annee <= ANNEES_DE_LA_GRILLE:
        return regime
    retenue = min(regime.annee, ANNEES_DE_LA_GRILLE)
    raison = f"{_rang(annee)} année\u00a0: taux de la {_rang(retenue)}"
    if donnees.rqth:
        return _Regime(retenue, f"{raison}, plus 15 points", (*regime.articles, "R6222-48"), QUINZE_POINTS)
    sportif = donnees.sportif or donnees.prolongation == Prolongation.SPORTIF
    return _Regime(retenue, raison, (*regime.articles, "R6222-60" if sportif else "D6222-28"))


def _avec_les_points(donnees: DonneesRemuneration, regime: _Regime) -> _Regime:
    """15 points on the last year already done, for one more year at most at the same level (D6222-30)."""
    un_an_au_plus = donnees.fin <= anniversaire(donnees.debut, 1) - UN_JOUR
    if not (donnees.meme_niveau and donnees.rapport_direct and un_an_au_plus):
        return regime
    annee = regime.annee if donnees.licence_professionnelle else max(regime.annee, donnees.annee_precedente)
    raison = f"{regime.raison if annee == regime.annee else f'{_rang(annee)} année déjà accomplie'}, plus 15 points"
    return _Regime(annee, raison, (*regime.articles, "D6222-30"), QUINZE_POINTS)


def _dire(donnees: DonneesRemuneration, regime: _Regime, cellule: TauxSalaire, age: int, du: date) -> tuple[str, str]:
    """The reason of a rate in one sentence, and its articles."""
    articles = ["D6222-26"]
    if age < AGE_SANS_ARTICLE_27:
        articles.append("D6222-27")
    if regime.points or (du > donnees.debut and du == effet_de_l_age(donnees.naissance, age)):
        articles.append("D6222-31")
    articles += regime.articles
    taux = _pour_cent(max(cellule.taux, min(cellule.taux + regime.points, CENT_POUR_CENT)))
    return f"{_tranche(cellule)}, {regime.raison}\u00a0: {taux}.", f"Code du travail, {', '.join(articles)}"


def _tranche(cellule: TauxSalaire) -> str:
    if cellule.age_min == 0:
        return f"Moins de {cellule.age_max + 1} ans"
    if cellule.age_max >= CENT_POUR_CENT:
        return f"{cellule.age_min} ans et plus"
    return f"De {cellule.age_min} à {cellule.age_max} ans"


def _rang(annee: int) -> str:
    return "1re" if annee == 1 else f"{annee}e"


def _pour_cent(taux: Decimal) -> str:
    """« 53 % », « 53,5 % »."""
    return f"{nombre(taux)}\u00a0%"
