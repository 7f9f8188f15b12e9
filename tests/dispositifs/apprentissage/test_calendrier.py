"""Days of a contract: ages, years, months, working days, deadlines."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.dispositifs.alternance.calendrier import (
    age,
    age_de_paie,
    annees_de_contrat,
    anniversaire,
    dernier_jour,
    effet_de_l_age,
    est_ouvrable,
    feries,
    jours_ouvrables_apres,
    limite_de_transmission,
    moins_d_un_an,
    mois_entames,
    mois_revolus,
    naissance_du_silence,
)
from tests.dispositifs.apprentissage.exemples import jour

jours = st.dates(date(2019, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("origine", "annees", "attendu"),
    [
        ("01/09/2026", 1, "01/09/2027"),
        ("29/02/2028", 1, "01/03/2029"),
        ("29/02/2028", 4, "29/02/2032"),
        ("29/02/2096", 4, "01/03/2100"),  # 2100 is not a leap year
        ("29/02/1996", 4, "29/02/2000"),  # 2000 is
        ("28/02/2027", 1, "28/02/2028"),
    ],
)
def test_l_anniversaire_du_29_fevrier_est_le_1er_mars(origine: str, annees: int, attendu: str) -> None:
    assert anniversaire(jour(origine), annees) == jour(attendu)


@pytest.mark.parametrize(
    ("naissance", "le", "attendu"),
    [
        ("15/09/2008", "14/09/2026", 17),
        ("15/09/2008", "15/09/2026", 18),
        ("29/02/2008", "28/02/2026", 17),
        ("29/02/2008", "01/03/2026", 18),
        ("29/02/2008", "29/02/2028", 20),
    ],
)
def test_l_age_est_celui_des_annees_revolues(naissance: str, le: str, attendu: int) -> None:
    assert age(jour(naissance), jour(le)) == attendu


@pytest.mark.parametrize(
    ("naissance", "atteint", "effet"),
    [
        ("15/09/2008", 18, "01/10/2026"),
        ("30/09/2008", 18, "01/10/2026"),
        ("01/09/2008", 18, "01/10/2026"),  # born on the 1st: the next month
        ("01/12/2008", 18, "01/01/2027"),
        ("31/12/2008", 18, "01/01/2027"),
        ("29/02/2008", 18, "01/03/2026"),
        ("29/02/2004", 24, "01/03/2028"),
    ],
)
def test_l_age_compte_le_premier_jour_du_mois_qui_suit_l_anniversaire(naissance: str, atteint: int, effet: str) -> None:
    """Code du travail, D6222-31."""
    assert effet_de_l_age(jour(naissance), atteint) == jour(effet)
    veille = date.fromordinal(jour(effet).toordinal() - 1)
    assert (age_de_paie(jour(naissance), veille), age_de_paie(jour(naissance), jour(effet))) == (atteint - 1, atteint)


def test_les_annees_vont_d_anniversaire_en_anniversaire() -> None:
    annees = list(annees_de_contrat(jour("01/09/2026"), jour("15/10/2028")))
    assert [(a.numero, a.debut, a.fin, a.jours, a.jours_pleins) for a in annees] == [
        (1, jour("01/09/2026"), jour("31/08/2027"), 365, 365),
        (2, jour("01/09/2027"), jour("31/08/2028"), 366, 366),
        (3, jour("01/09/2028"), jour("15/10/2028"), 45, 365),
    ]
    assert list(annees_de_contrat(jour("02/09/2026"), jour("01/09/2026"))) == []


def test_un_contrat_du_29_fevrier_d_un_an_n_a_qu_une_annee() -> None:
    (annee,) = annees_de_contrat(jour("29/02/2028"), jour("28/02/2029"))
    assert (annee.jours, annee.jours_pleins) == (366, 366)
    assert not moins_d_un_an(jour("29/02/2028"), jour("28/02/2029"))


@given(debut=jours, duree=st.integers(1, 1500))
def test_chaque_jour_est_dans_une_seule_annee(debut: date, duree: int) -> None:
    fin = date.fromordinal(debut.toordinal() + duree - 1)
    annees = list(annees_de_contrat(debut, fin))
    assert (annees[0].debut, annees[-1].fin) == (debut, fin)
    assert sum(a.jours for a in annees) == duree
    assert all((b.debut - a.fin).days == 1 for a, b in itertools.pairwise(annees))
    assert all(a.jours == a.jours_pleins for a in annees[:-1])
    assert {a.jours_pleins for a in annees} <= {365, 366}


@pytest.mark.parametrize(
    ("fin", "attendu"),
    [("30/08/2027", True), ("31/08/2027", False), ("01/09/2027", False)],
)
def test_un_an_tout_juste_n_est_pas_moins_d_un_an(fin: str, attendu: bool) -> None:
    """regles.md §2.7."""
    assert moins_d_un_an(jour("01/09/2026"), jour(fin)) is attendu


@pytest.mark.parametrize(
    ("debut", "mois", "attendu"),
    [
        ("01/09/2026", 36, "31/08/2029"),
        ("01/09/2026", 6, "28/02/2027"),
        ("15/01/2027", 6, "14/07/2027"),
        ("29/02/2028", 36, "28/02/2031"),
        ("31/08/2026", 6, "27/02/2027"),
    ],
)
def test_le_dernier_jour_d_une_duree(debut: str, mois: int, attendu: str) -> None:
    assert dernier_jour(jour(debut), mois) == jour(attendu)


@pytest.mark.parametrize(
    ("debut", "fin", "entames", "revolus"),
    [
        ("15/09/2026", "14/09/2026", 0, 0),
        ("15/09/2026", "01/01/2026", 0, 0),
        ("15/09/2026", "15/09/2026", 1, 0),
        ("15/09/2026", "13/10/2026", 1, 0),
        ("15/09/2026", "14/10/2026", 1, 1),
        ("15/09/2026", "15/10/2026", 2, 1),
        ("01/09/2026", "28/02/2027", 6, 6),
        ("01/09/2026", "27/02/2027", 6, 5),
        ("01/09/2026", "31/08/2027", 12, 12),
        ("31/01/2027", "28/02/2027", 2, 1),
        ("01/12/2026", "31/01/2027", 2, 2),
    ],
)
def test_les_mois_se_comptent_du_premier_jour(debut: str, fin: str, entames: int, revolus: int) -> None:
    assert (mois_entames(jour(debut), jour(fin)), mois_revolus(jour(debut), jour(fin))) == (entames, revolus)


@pytest.mark.parametrize(
    ("code_postal", "de_plus"),
    [
        ("75001", []),
        ("", []),
        ("57000", ["03/04/2026", "26/12/2026"]),
        ("67000", ["03/04/2026", "26/12/2026"]),
        ("68100", ["03/04/2026", "26/12/2026"]),
        ("97110", ["27/05/2026"]),
        ("97133", ["09/10/2026"]),  # Saint-Barthélemy
        ("97150", ["28/05/2026"]),  # Saint-Martin
        ("97200", ["22/05/2026"]),
        ("97300", ["10/06/2026"]),
        ("97400", ["20/12/2026"]),
        ("97500", []),
        ("97600", ["27/04/2026"]),
        ("98800", ["24/09/2026"]),  # New Caledonia
    ],
)
def test_les_jours_feries_sont_ceux_du_lieu(code_postal: str, de_plus: list[str]) -> None:
    assert len(feries(2026, "75001")) == 11
    assert feries(2026, code_postal) == feries(2026, "75001") | {jour(texte) for texte in de_plus}


@pytest.mark.parametrize(
    ("le", "code_postal", "attendu"),
    [
        ("05/09/2026", "", True),  # a Saturday
        ("06/09/2026", "", False),  # a Sunday
        ("11/11/2026", "", False),
        ("26/12/2026", "", True),
        ("26/12/2026", "67000", False),
        ("03/04/2026", "57000", False),
    ],
)
def test_le_samedi_est_ouvrable_le_dimanche_et_les_feries_ne_le_sont_pas(le: str, code_postal: str, attendu: bool) -> None:
    assert est_ouvrable(jour(le), code_postal) is attendu


@pytest.mark.parametrize(
    ("debut", "code_postal", "limite"),
    [
        ("01/09/2026", "", "07/09/2026"),  # Tuesday: Wed, Thu, Fri, Sat, Mon
        ("31/08/2026", "", "05/09/2026"),  # Monday: the fifth is Saturday
        ("06/11/2026", "", "13/11/2026"),  # 11 November between
        ("21/12/2026", "75001", "28/12/2026"),
        ("21/12/2026", "67000", "29/12/2026"),  # 26 December too
    ],
)
def test_le_contrat_se_transmet_en_cinq_jours_ouvrables(debut: str, code_postal: str, limite: str) -> None:
    """Code du travail, D6224-1."""
    assert limite_de_transmission(jour(debut), code_postal) == jour(limite)


def test_aucun_jour_ouvrable_a_attendre_ne_change_rien() -> None:
    assert jours_ouvrables_apres(jour("06/09/2026"), 0) == jour("06/09/2026")


@pytest.mark.parametrize(
    ("complet", "silence"),
    [
        ("01/09/2026", datetime(2026, 9, 21, 22, tzinfo=UTC)),  # 22/09/2026 at 00:00 in Paris, summer time
        ("10/10/2026", datetime(2026, 10, 30, 23, tzinfo=UTC)),  # winter time
    ],
)
def test_le_silence_nait_a_minuit_apres_le_vingtieme_jour(complet: str, silence: datetime) -> None:
    """Code du travail, R6224-3; regles.md §6."""
    assert naissance_du_silence(jour(complet)) == silence
