"""Schedules by date of conclusion: parts, openings, short years, contracts under one year, months begun."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.dispositifs.apprentissage.exemples import estimation, jour, montants, ouvertures

ANCIEN: dict[str, Any] = {"conclusion": date(2025, 6, 30), "debut": jour("01/09/2025")}
SANS_PARTICIPATION: dict[str, Any] = {"niveau": 5}


@pytest.mark.parametrize(
    ("conclusion", "parts", "reference"),
    [
        ("12/12/2019", ["01/09/2026 50", "01/03/2027 25", "01/06/2027 25"], "cfa-2019@1"),
        ("30/12/2020", ["01/09/2026 50", "01/03/2027 25", "01/06/2027 25"], "cfa-2019@1"),
        ("31/12/2020", ["01/09/2026 40", "01/03/2027 30", "01/06/2027 30"], "cfa-2020@1"),
        ("30/06/2025", ["01/09/2026 40", "01/03/2027 30", "01/06/2027 30"], "cfa-2020@1"),
        ("01/07/2025", ["01/09/2026 40", "01/03/2027 30", "01/06/2027 20", "01/09/2027 10"], "cfa-2025@1"),
    ],
)
def test_l_echeancier_est_celui_du_jour_de_conclusion(conclusion: str, parts: list[str], reference: str) -> None:
    """complements.md §4."""
    estimee = estimation(conclusion=jour(conclusion), fin=jour("31/08/2027"), **SANS_PARTICIPATION)
    assert [ligne.partition(" ")[2] for ligne in ouvertures(estimee)] == parts
    assert reference in estimee.references
    assert (estimee.echeances[-1].perdu_apres is None) is (reference != "cfa-2025@1")


def test_une_derniere_annee_courte_verse_quarante_puis_soixante() -> None:
    """regles.md §2.7: 181 days, a part that would open after the end joins the balance."""
    estimee = estimation(fin=jour("28/02/2028"), **SANS_PARTICIPATION)
    assert ouvertures(estimee)[4:] == ["E5 01/09/2027 40", "E6 29/02/2028 60"]
    assert montants(estimee)[4:] == ["1582.51", "2373.77"]
    assert estimee.echeances[-1].perdu_apres == jour("28/06/2028")


@pytest.mark.parametrize(
    ("fin", "attendues"),
    [
        ("29/02/2028", ["E5 01/09/2027 40", "E6 01/03/2028 60"]),  # month 7 begins the day after
        ("01/03/2028", ["E5 01/09/2027 40", "E6 01/03/2028 30", "E7 02/03/2028 30"]),
        ("31/05/2028", ["E5 01/09/2027 40", "E6 01/03/2028 30", "E7 01/06/2028 30"]),
        ("01/06/2028", ["E5 01/09/2027 40", "E6 01/03/2028 30", "E7 01/06/2028 20", "E8 02/06/2028 10"]),
        ("01/09/2027", ["E5 01/09/2027 40", "E6 02/09/2027 60"]),  # one day
    ],
)
def test_les_bornes_d_une_annee_courte(fin: str, attendues: list[str]) -> None:
    assert ouvertures(estimation(fin=jour(fin)))[4:] == attendues


@pytest.mark.parametrize(
    ("fin", "attendues"),
    [
        ("31/05/2026", ["E1 01/09/2025 50", "E2 01/06/2026 50"]),  # less than one year: one advance and the balance
        ("28/02/2026", ["E1 01/09/2025 50", "E2 01/03/2026 50"]),
        ("31/08/2026", ["E1 01/09/2025 40", "E2 01/03/2026 30", "E3 01/06/2026 30"]),
    ],
)
def test_les_parts_de_l_ancien_echeancier(fin: str, attendues: list[str]) -> None:
    assert ouvertures(estimation(fin=jour(fin), **ANCIEN)) == attendues


def test_l_ancienne_derniere_annee_courte_verse_son_solde_a_la_fin() -> None:
    estimee = estimation(fin=jour("31/03/2027"), **ANCIEN)
    assert ouvertures(estimee)[3:] == ["E4 01/09/2026 40", "E5 01/03/2027 30", "E6 01/04/2027 30"]


def test_une_ouverture_garde_le_quantieme_ou_prend_le_dernier_jour_du_mois() -> None:
    assert ouvertures(estimation(debut=jour("31/08/2026"), fin=jour("30/08/2027"))) == [
        "E1 31/08/2026 40",
        "E2 28/02/2027 30",
        "E3 31/05/2027 20",
        "E4 31/08/2027 10",
    ]
    assert ouvertures(estimation(debut=jour("20/08/2026"), fin=jour("19/08/2027")))[1] == "E2 20/02/2027 30"


@pytest.mark.parametrize(
    ("fin", "attendus"),
    [
        # exactly one year is not less than one year
        ("31/08/2027", ["3200.00", "2400.00", "1600.00", "800.00"]),
        ("30/08/2027", ["3989.04", "3989.04"]),
        ("28/02/2027", ["1983.56", "1983.56"]),
        ("01/09/2026", ["10.96", "10.96"]),
        ("02/09/2026", ["21.92", "21.92"]),
    ],
)
def test_moins_d_un_an_une_avance_de_moitie_puis_le_solde(fin: str, attendus: list[str]) -> None:
    """Code du travail, R6332-25, IV."""
    assert montants(estimation(fin=jour(fin), **SANS_PARTICIPATION)) == attendus


def test_le_solde_prend_le_reste_des_arrondis() -> None:
    """regles.md §2.7: 1 000,01 -> 400,00 + 300,00 + 200,00 + 100,01."""
    assert montants(estimation(npec=Decimal("1000.01"), fin=jour("31/08/2027"), **SANS_PARTICIPATION)) == [
        "400.00",
        "300.00",
        "200.00",
        "100.01",
    ]
    assert montants(estimation(npec=Decimal("0.02"), fin=jour("31/08/2027"), **SANS_PARTICIPATION)) == [
        "0.01",
        "0.01",
        "0.00",
        "0.00",
    ]
    assert montants(estimation(npec=Decimal("0.05"), fin=jour("30/08/2027"), **SANS_PARTICIPATION)) == ["0.03", "0.02"]


@pytest.mark.parametrize(
    ("fin", "changements", "total"),
    [
        # six months: 181 days on 365
        ("28/02/2027", {}, "3967.12"),
        ("28/02/2027", {"duree_reduite": True}, "4363.84"),
        ("28/02/2027", {"duree_reduite": True, "titre_court_reglementaire": True}, "3967.12"),
        # never above the level
        ("15/08/2027", {"duree_reduite": True}, "8000.00"),
        ("28/07/2027", {"duree_reduite": True}, "7980.27"),
        # not from one year on
        ("31/08/2027", {"duree_reduite": True}, "8000.00"),
        ("31/08/2028", {"duree_reduite": True}, "16000.00"),
        ("31/12/2027", {"duree_reduite": True}, "10666.67"),
    ],
)
def test_dix_pour_cent_de_plus_pour_une_duree_reduite(fin: str, changements: dict[str, Any], total: str) -> None:
    """Code du travail, R6332-25, IV, 2°."""
    estimee = estimation(fin=jour(fin), **SANS_PARTICIPATION, **changements)
    assert str(estimee.total) == total
    dit = any("majorés de 10\u00a0%" in ligne.libelle for ligne in estimee.explications)
    assert dit is (changements == {"duree_reduite": True} and len(estimee.echeances) == 2)


@pytest.mark.parametrize(
    ("fin", "annees", "compte"),
    [
        ("31/08/2026", ["8000.00"], "12 mois commencés sur 12"),
        ("01/09/2026", ["8000.00", "666.67"], "1 mois commencés sur 12"),
        ("30/09/2026", ["8000.00", "666.67"], "1 mois commencés sur 12"),
        ("01/10/2026", ["8000.00", "1333.33"], "2 mois commencés sur 12"),
        ("28/02/2027", ["8000.00", "4000.00"], "6 mois commencés sur 12"),
        ("15/10/2025", ["1333.33"], "2 mois commencés sur 12"),
    ],
)
def test_avant_juillet_2025_chaque_mois_commence_est_du(fin: str, annees: list[str], compte: str) -> None:
    """complements.md §3.3."""
    estimee = estimation(fin=jour(fin), **ANCIEN)
    assert [str(a.montant) for a in estimee.annees] == annees
    assert any(ligne.libelle.endswith(compte) for ligne in estimee.explications)


@pytest.mark.parametrize(
    ("debut", "fin", "total"),
    [
        # 8 000 x days / 365 or 366, from the anniversary (regles.md §2.7)
        ("01/09/2026", "30/09/2026", "657.53"),
        ("01/09/2027", "30/09/2027", "655.74"),
        ("01/03/2027", "29/02/2028", "8000.00"),
        ("01/03/2027", "28/02/2028", "7978.14"),
        ("29/02/2028", "28/02/2029", "8000.00"),
    ],
)
def test_depuis_juillet_2025_les_jours_se_comptent_sur_ceux_de_l_annee_du_contrat(debut: str, fin: str, total: str) -> None:
    assert str(estimation(debut=jour(debut), fin=jour(fin), **SANS_PARTICIPATION).total) == total
