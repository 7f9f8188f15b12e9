"""What a rate makes in euros: the SMIC of the day, Mayotte, part time, the SMC."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jalon.dispositifs.apprentissage.remuneration import PeriodeMinimale, minimum_mensuel, minimums_de_la_periode
from jalon.socle.baremes_alternance import BaseSalaire, RegleAbsente, Territoire
from tests.dispositifs.apprentissage.exemples import JEU, jour, periodes

EN_MARS, EN_JUILLET = date(2026, 3, 1), date(2026, 7, 1)


def une_periode(taux: str, *, hors_majoration: str = "", age: int = 20) -> PeriodeMinimale:
    """A period at that rate."""
    modele = periodes()[0]
    hors = Decimal(hors_majoration or taux)
    return replace(modele, taux=Decimal(taux), hors_majoration=hors, age=age, smc_possible=age >= 21)


@pytest.mark.parametrize(
    ("taux", "exact", "arrondi", "plancher"),
    [
        # regles.md §6, at 1 823,03
        ("27", "492.2181", "492.22", "492.21"),
        ("43", "783.9029", "783.90", "783.90"),
        ("53", "966.2059", "966.21", "966.20"),
        ("78", "1421.9634", "1421.96", "1421.96"),
        ("100", "1823.03", "1823.03", "1823.03"),
    ],
)
def test_le_minimum_est_exact_propose_au_centime_et_controle_au_centime_inferieur(
    taux: str, exact: str, arrondi: str, plancher: str
) -> None:
    minimum = minimum_mensuel(une_periode(taux), EN_MARS, JEU)
    assert minimum.exact == Decimal(exact)
    assert (str(minimum.arrondi), str(minimum.plancher)) == (arrondi, plancher)
    assert (minimum.smic.code, minimum.base, minimum.montant_base) == ("smic-2026-01", BaseSalaire.SMIC, Decimal("1823.03"))


@pytest.mark.parametrize(
    ("le", "attendu"),
    [("31/05/2026", "783.90"), ("01/06/2026", "802.82"), ("31/12/2025", "774.77"), ("01/01/2026", "783.90")],
)
def test_le_smic_est_celui_du_jour(le: str, attendu: str) -> None:
    assert str(minimum_mensuel(une_periode("43"), jour(le), JEU).arrondi) == attendu


def test_mayotte_a_son_smic() -> None:
    minimum = minimum_mensuel(une_periode("43"), EN_MARS, JEU, territoire=Territoire.MAYOTTE)
    assert (minimum.smic.code, str(minimum.arrondi)) == ("mayotte-2026-01", "608.47")


@pytest.mark.parametrize(
    ("heures", "attendu"),
    [("35", "783.90"), ("30", "671.92"), ("17.5", "391.95"), ("39", "783.90"), ("40", "783.90")],
)
def test_sous_trente_cinq_heures_le_minimum_est_en_proportion(heures: str, attendu: str) -> None:
    """Overtime is paid apart: above 35 hours, the minimum of 35 hours."""
    assert str(minimum_mensuel(une_periode("43"), EN_MARS, JEU, heures=Decimal(heures)).arrondi) == attendu


@pytest.mark.parametrize(
    ("age", "smc", "base", "attendu"),
    [
        (21, "2000.00", BaseSalaire.SMC, "1060.00"),
        (21, "1823.03", BaseSalaire.SMIC, "966.21"),
        (21, "1700.00", BaseSalaire.SMIC, "966.21"),
        (20, "2000.00", BaseSalaire.SMIC, "966.21"),
    ],
)
def test_le_smc_compte_s_il_est_plus_haut(age: int, smc: str, base: BaseSalaire, attendu: str) -> None:
    """Code du travail, D6222-26."""
    minimum = minimum_mensuel(une_periode("53", age=age), EN_MARS, JEU, smc=Decimal(smc))
    assert (minimum.base, str(minimum.arrondi)) == (base, attendu)


def test_un_smc_depasse_par_une_hausse_du_smic_ne_compte_plus() -> None:
    periode, smc = une_periode("100", age=26), Decimal(1850)
    assert minimum_mensuel(periode, EN_MARS, JEU, smc=smc).exact == smc
    assert minimum_mensuel(periode, EN_JUILLET, JEU, smc=smc).exact == Decimal("1867.02")


@pytest.mark.parametrize(
    ("taux", "hors_majoration", "smc", "attendu"),
    [
        ("93", "78", "1900", "1767.00"),  # under the SMIC: 93 % of the SMC
        ("93", "78", "2200", "1823.03"),  # 93 % would be 2 046: the 15 points stop at the SMIC
        ("93", "78", "2500", "1950.00"),  # 78 % alone is above the SMIC: it stays
        ("93", "93", "2200", "2046.00"),  # no 15 points
    ],
)
def test_les_quinze_points_ne_menent_pas_au_dessus_du_smic(taux: str, hors_majoration: str, smc: str, attendu: str) -> None:
    """Code du travail, D6222-31."""
    periode = une_periode(taux, hors_majoration=hors_majoration, age=22)
    assert str(minimum_mensuel(periode, EN_MARS, JEU, smc=Decimal(smc)).arrondi) == attendu


def test_le_salaire_du_contrat_precedent_est_un_minimum() -> None:
    """Code du travail, D6222-29."""
    periode = une_periode("43")
    assert minimum_mensuel(periode, EN_MARS, JEU, salaire_precedent=Decimal("910.00")).exact == Decimal("910.00")
    assert minimum_mensuel(periode, EN_MARS, JEU, salaire_precedent=Decimal("700.00")).exact == Decimal("783.9029")


def test_une_periode_traverse_plusieurs_smic() -> None:
    premiere = periodes(debut=jour("01/09/2025"), conclusion=jour("01/09/2025"), naissance=jour("15/07/2008"))[0]
    assert (premiere.du, premiere.au) == (jour("01/09/2025"), jour("31/07/2026"))
    morceaux = minimums_de_la_periode(premiere, JEU)
    assert [(du, au, str(m.arrondi)) for du, au, m in morceaux] == [
        (jour("01/09/2025"), jour("31/12/2025"), "486.49"),
        (jour("01/01/2026"), jour("31/05/2026"), "492.22"),
        (jour("01/06/2026"), jour("31/07/2026"), "504.10"),
    ]
    mayotte = minimums_de_la_periode(premiere, JEU, territoire=Territoire.MAYOTTE, heures=Decimal(30))
    assert [str(m.arrondi) for _, _, m in mayotte] == ["315.20", "327.48"]


def test_un_changement_le_premier_ou_le_dernier_jour() -> None:
    periode = replace(une_periode("43"), du=jour("01/01/2026"), au=jour("01/06/2026"))
    assert [du for du, _, _ in minimums_de_la_periode(periode, JEU)] == [jour("01/01/2026"), jour("01/06/2026")]


def test_avant_le_premier_smic_connu_rien_ne_se_calcule() -> None:
    with pytest.raises(RegleAbsente, match="SMIC au 31/12/2018"):
        minimum_mensuel(une_periode("43"), date(2018, 12, 31), JEU)
