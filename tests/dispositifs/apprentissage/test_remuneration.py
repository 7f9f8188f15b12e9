"""The least pay of an apprentice: each rule of D6222-26 to D6222-32, R6222-48 and R6222-60."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.alternance.calendrier import effet_de_l_age
from jalon.dispositifs.apprentissage.remuneration import (
    PeriodeMinimale,
    Prolongation,
    mois_acquis_du_cycle,
    periodes_minimales,
)
from jalon.socle.baremes_alternance import BaseSalaire, RegleAbsente, TauxSalaire, Territoire
from tests.dispositifs.apprentissage.exemples import CONCLUSION, DEBUT, FIN, JEU, jour, paie, periodes

TROIS_ANS, QUATRE_ANS, UN_AN = date(2029, 8, 31), date(2030, 8, 31), date(2027, 8, 31)


def resume(trouvees: tuple[PeriodeMinimale, ...]) -> list[str]:
    """« 1.1 01/09/2026 27 »."""
    return [f"{p.ordre} {p.du:%d/%m/%Y} {p.taux}" for p in trouvees]


def taux(**changements: Any) -> list[int]:
    return [int(p.taux) for p in periodes(**changements)]


@pytest.mark.parametrize(
    ("naissance", "attendus"),
    [
        # D6222-26, D6222-27: an age that does not change in three years
        ("01/09/2011", [27, 39, 55]),  # 15 at the start, 18 counts after the end
        ("01/09/2008", [27, 43, 51, 67]),  # 18 on the first day: counts from 01/10/2026
        ("31/08/2008", [43, 51, 67]),
        ("30/09/2005", [43, 53, 61, 78]),
        ("31/08/2005", [53, 61, 78]),
        ("31/08/2000", [100, 100, 100]),
        ("01/01/1980", [100, 100, 100]),
    ],
)
def test_la_grille_croise_l_age_et_l_annee(naissance: str, attendus: list[int]) -> None:
    assert taux(naissance=jour(naissance), fin=TROIS_ANS) == attendus


def test_les_annees_faites_avant_l_anniversaire_comptent() -> None:
    """Code du travail, D6222-31: 21 in the second year, so the second year of the next column."""
    assert resume(periodes(naissance=jour("15/01/2007"), fin=TROIS_ANS)) == [
        "1.1 01/09/2026 43",
        "2.1 01/09/2027 51",
        "2.2 01/02/2028 61",
        "3.1 01/09/2028 78",
    ]


def test_une_periode_dit_sa_raison_et_son_article() -> None:
    premiere, deuxieme, troisieme = periodes(naissance=jour("15/09/2008"))
    assert premiere.raison == "Moins de 18 ans, 1re année\u00a0: 27\u00a0%."
    assert premiere.source == "Code du travail, D6222-26"
    assert deuxieme.raison == "De 18 à 20 ans, 1re année\u00a0: 43\u00a0%."
    assert deuxieme.source == "Code du travail, D6222-26, D6222-31"
    assert (troisieme.raison, troisieme.source) == ("De 18 à 20 ans, 2e année\u00a0: 51\u00a0%.", "Code du travail, D6222-26")
    assert (premiere.annee, premiere.age, troisieme.annee, troisieme.age) == (1, 17, 2, 18)
    (jeune, *_) = periodes(naissance=jour("15/09/2011"))
    assert jeune.source == "Code du travail, D6222-26, D6222-27"
    assert periodes(naissance=jour("15/07/2010"))[0].source == "Code du travail, D6222-26"  # 16
    (ancien, *_) = periodes(naissance=jour("15/09/1990"))
    assert ancien.raison == "26 ans et plus, 1re année\u00a0: 100\u00a0%."


def test_un_age_qui_compte_le_premier_jour_du_contrat_ne_coupe_rien() -> None:
    premiere, *_ = periodes(naissance=jour("15/08/2008"))
    assert (premiere.ordre, premiere.taux, premiere.source) == ("1.1", 43, "Code du travail, D6222-26")


@pytest.mark.parametrize(
    ("changements", "attendus", "source"),
    [
        # R6222-60: the fourth year of a sportsman is paid as the third
        ({"fin": QUATRE_ANS, "sportif": True}, ["4.1 01/09/2029 78"], "Code du travail, D6222-26, R6222-60"),
        (
            {"fin": QUATRE_ANS, "fin_initiale": TROIS_ANS, "prolongation": Prolongation.SPORTIF},
            ["4.1 01/09/2029 78"],
            "Code du travail, D6222-26, R6222-60",
        ),
        # R6222-48: 15 points more than the last year
        ({"fin": QUATRE_ANS, "rqth": True}, ["4.1 01/09/2029 93"], "Code du travail, D6222-26, D6222-31, R6222-48"),
        (
            {"fin": QUATRE_ANS, "fin_initiale": TROIS_ANS, "prolongation": Prolongation.HANDICAP},
            ["4.1 01/09/2029 93"],
            "Code du travail, D6222-26, D6222-31, R6222-48",
        ),
        (
            {"fin": TROIS_ANS, "fin_initiale": FIN, "prolongation": Prolongation.HANDICAP},
            ["3.1 01/09/2028 76"],
            "Code du travail, D6222-26, D6222-31, R6222-48",
        ),
        # D6222-28: a prolongation after a failure keeps the last year
        ({"fin": QUATRE_ANS}, ["4.1 01/09/2029 78"], "Code du travail, D6222-26, D6222-28"),
        (
            {"fin": TROIS_ANS, "fin_initiale": FIN, "prolongation": Prolongation.ECHEC},
            ["3.1 01/09/2028 61"],
            "Code du travail, D6222-26, D6222-28",
        ),
        # D6222-28-2: a contract longer than its cycle
        (
            {"fin": TROIS_ANS, "fin_initiale": FIN, "prolongation": Prolongation.CYCLE_DEPASSE},
            ["3.1 01/09/2028 61"],
            "Code du travail, D6222-26, D6222-28-2",
        ),
        # R6222-62: a sportsman's third year instead of two is a third year
        (
            {"fin": TROIS_ANS, "fin_initiale": FIN, "prolongation": Prolongation.SPORTIF},
            ["3.1 01/09/2028 78"],
            "Code du travail, D6222-26",
        ),
    ],
)
def test_apres_la_fin_prevue_ou_la_troisieme_annee(changements: dict[str, Any], attendus: list[str], source: str) -> None:
    trouvees = periodes(**changements)
    assert resume(trouvees)[-len(attendus) :] == attendus
    assert trouvees[-1].source == source


def test_un_echec_apres_une_quatrieme_annee_en_garde_la_majoration() -> None:
    changements = {"fin": date(2031, 8, 31), "fin_initiale": QUATRE_ANS, "prolongation": Prolongation.ECHEC, "rqth": True}
    derniere = periodes(naissance=jour("15/07/2007"), **changements)[-1]
    assert (derniere.ordre, derniere.taux, derniere.hors_majoration) == ("5.1", 93, 78)
    assert derniere.raison == "De 21 à 25 ans, 4e année\u00a0: taux de la 3e, plus 15 points\u00a0: 93\u00a0%."


def test_la_prolongation_garde_l_annee_mais_pas_l_age() -> None:
    """Code du travail, D6222-28, D6222-31: 18 during the prolongation."""
    changements = {"fin": TROIS_ANS, "fin_initiale": FIN, "prolongation": Prolongation.ECHEC}
    assert resume(periodes(naissance=jour("15/01/2011"), **changements))[-2:] == ["3.1 01/09/2028 39", "3.2 01/02/2029 51"]


def test_le_dernier_jour_prevu_n_est_pas_encore_une_prolongation() -> None:
    """The end first planned is the first day of a year: that day keeps its rate."""
    changements = {"fin": TROIS_ANS, "fin_initiale": date(2028, 9, 1), "prolongation": Prolongation.HANDICAP}
    assert resume(periodes(**changements))[-2:] == ["3.1 01/09/2028 78", "3.2 02/09/2028 93"]


def test_une_prolongation_sans_autre_taux_ne_coupe_pas_l_annee() -> None:
    """A contract of 22 months prolonged: the second year stays one period."""
    changements = {"fin_initiale": jour("30/06/2028"), "fin": jour("30/06/2029"), "prolongation": Prolongation.ECHEC}
    assert resume(periodes(**changements)) == ["1.1 01/09/2026 43", "1.2 01/08/2027 53", "2.1 01/09/2027 61", "3.1 01/09/2028 61"]


def test_un_anniversaire_et_une_prolongation_majoree_font_trois_periodes() -> None:
    changements = {"fin_initiale": jour("30/06/2028"), "fin": jour("30/06/2029"), "prolongation": Prolongation.HANDICAP}
    assert resume(periodes(naissance=jour("15/01/2010"), **changements))[1:5] == [
        "2.1 01/09/2027 39",
        "2.2 01/02/2028 51",
        "2.3 01/07/2028 66",
        "3.1 01/09/2028 66",
    ]


@pytest.mark.parametrize(
    ("mois_acquis", "attendus"),
    [
        (0, ["1.1 01/09/2026 43", "1.2 01/08/2027 53"]),
        (12, ["1.1 01/09/2026 51", "1.2 01/08/2027 61"]),
        (24, ["1.1 01/09/2026 67", "1.2 01/08/2027 78"]),
        (6, ["1.1 01/09/2026 43", "2.1 01/03/2027 51", "2.2 01/08/2027 61"]),
        (18, ["1.1 01/09/2026 51", "2.1 01/03/2027 67", "2.2 01/08/2027 78"]),
        (36, ["1.1 01/09/2026 67", "1.2 01/08/2027 78"]),
    ],
)
def test_un_cycle_raccourci_compte_comme_fait_en_entier(mois_acquis: int, attendus: list[str]) -> None:
    """Code du travail, D6222-28-1."""
    trouvees = periodes(fin=UN_AN, mois_acquis=mois_acquis)
    assert resume(trouvees) == attendus
    assert all(("D6222-28-1" in p.source) is bool(mois_acquis) for p in trouvees)


@pytest.mark.parametrize(
    ("fin", "cycle", "attendu"),
    [("31/08/2027", 24, 12), ("31/08/2028", 24, 0), ("29/02/2028", 24, 6), ("31/08/2029", 24, 0), ("15/08/2028", 24, 0)],
)
def test_les_mois_acquis_sont_ceux_qui_manquent_au_cycle(fin: str, cycle: int, attendu: int) -> None:
    assert mois_acquis_du_cycle(DEBUT, jour(fin), cycle) == attendu


def test_un_nouveau_contrat_apres_un_echec_garde_la_derniere_annee() -> None:
    """Code du travail, L6222-11 (2°), D6222-28: the contract is itself the prolongation."""
    changements = {"fin": UN_AN, "mois_acquis": 24, "fin_initiale": date(2026, 7, 31), "prolongation": Prolongation.ECHEC}
    trouvees = periodes(**changements)
    assert resume(trouvees) == ["1.1 01/09/2026 51", "1.2 01/08/2027 61"]
    assert trouvees[0].raison == "De 18 à 20 ans, prolongation\u00a0: taux de la 2e année\u00a0: 51\u00a0%."
    assert taux(**{**changements, "mois_acquis": 0}) == [43, 53]


def test_une_licence_professionnelle_est_payee_au_taux_de_la_deuxieme_annee() -> None:
    """Code du travail, D6222-32."""
    trouvees = periodes(fin=UN_AN, licence_professionnelle=True)
    assert resume(trouvees) == ["1.1 01/09/2026 51", "1.2 01/08/2027 61"]
    assert trouvees[0].source == "Code du travail, D6222-26, D6222-32"
    assert taux(licence_professionnelle=True, fin=QUATRE_ANS) == [51, 61, 61, 61, 61]
    prolongee = {"fin_initiale": UN_AN, "prolongation": Prolongation.HANDICAP}
    assert taux(licence_professionnelle=True, **prolongee) == [51, 61, 76]


@pytest.mark.parametrize(
    ("changements", "attendus"),
    [
        # ensuplr.fr's example: a second master after 61 % is paid 76 %
        ({"naissance": jour("15/01/2004"), "annee_precedente": 2}, [76]),
        ({"annee_precedente": 2}, [66, 76]),
        ({"annee_precedente": 3}, [82, 93]),
        ({}, [58, 68]),
        # each condition is needed
        ({"annee_precedente": 2, "meme_niveau": False}, [43, 53]),
        ({"annee_precedente": 2, "rapport_direct": False}, [43, 53]),
        ({"annee_precedente": 2, "fin": jour("01/09/2027")}, [43, 53, 61]),
        ({"annee_precedente": 2, "fin": jour("30/06/2027")}, [66]),
        # never above 100 % (D6222-31)
        ({"naissance": jour("15/01/1998")}, [100]),
        ({"licence_professionnelle": True, "annee_precedente": 3}, [66, 76]),
    ],
)
def test_quinze_points_pour_un_an_de_plus_au_meme_niveau(changements: dict[str, Any], attendus: list[int]) -> None:
    """Code du travail, D6222-30."""
    assert taux(**{"fin": UN_AN, "meme_niveau": True, "rapport_direct": True, **changements}) == attendus


def test_les_quinze_points_sont_dits_avec_leur_article() -> None:
    premiere, *_ = periodes(fin=UN_AN, meme_niveau=True, rapport_direct=True, annee_precedente=2)
    assert premiere.raison == "De 18 à 20 ans, 2e année déjà accomplie, plus 15 points\u00a0: 66\u00a0%."
    assert premiere.source == "Code du travail, D6222-26, D6222-31, D6222-30"
    assert (premiere.taux, premiere.hors_majoration) == (66, 51)
    suivante, *_ = periodes(fin=UN_AN, meme_niveau=True, rapport_direct=True)
    assert suivante.raison == "De 18 à 20 ans, 1re année, plus 15 points\u00a0: 58\u00a0%."


@pytest.mark.parametrize(
    ("precedent", "attendus"),
    [("51", [51, 53, 61]), ("43", [43, 53, 61]), ("55.5", [55, 55, 61]), ("67", [67, 67, 67]), ("120", [100, 100, 100])],
)
def test_un_contrat_apres_un_diplome_ne_paie_pas_moins_que_le_precedent(precedent: str, attendus: list[int]) -> None:
    """Code du travail, D6222-29: unless the age grid is better."""
    trouvees = periodes(taux_precedent=Decimal(precedent))
    assert [int(p.taux) for p in trouvees] == attendus
    assert {p.source for p in trouvees if p.taux == Decimal(precedent) and "29" in p.source} <= {"Code du travail, D6222-29"}


def test_le_taux_du_contrat_precedent_est_dit() -> None:
    assert periodes(taux_precedent=Decimal(43))[0].source == "Code du travail, D6222-26"  # the grid gives as much
    premiere, *_ = periodes(taux_precedent=Decimal("55.50"))
    assert (premiere.taux, premiere.hors_majoration, premiere.source) == (
        Decimal("55.5"),
        Decimal("55.5"),
        "Code du travail, D6222-29",
    )
    assert premiere.raison.endswith("qui a mené au diplôme\u00a0: 55,5\u00a0%.")


@pytest.mark.parametrize(
    ("naissance", "smc", "attendus"),
    [
        ("15/01/2004", "1900.00", ["SMC", "SMC"]),
        ("15/01/2004", "1867.02", ["SMIC", "SMIC"]),  # not higher
        ("15/01/2004", "1867.03", ["SMC", "SMC"]),
        ("15/01/2004", None, ["SMIC", "SMIC"]),
        ("15/07/2006", "1900.00", ["SMIC", "SMC", "SMC"]),  # from 21 on only
        ("15/01/1990", "1900.00", ["SMC", "SMC"]),
    ],
)
def test_le_minimum_conventionnel_compte_a_partir_de_vingt_et_un_ans(
    naissance: str, smc: str | None, attendus: list[str]
) -> None:
    """Code du travail, D6222-26, 3° and 4°."""
    trouvees = periodes(naissance=jour(naissance), smc=Decimal(smc) if smc else None)
    assert [p.base for p in trouvees] == attendus
    assert all(p.smc_possible is (p.age >= 21) for p in trouvees)


def test_a_mayotte_le_minimum_conventionnel_se_compare_au_smic_de_mayotte() -> None:
    smc = Decimal(1500)
    assert periodes(naissance=jour("15/01/2004"), smc=smc)[0].base == BaseSalaire.SMIC
    assert periodes(naissance=jour("15/01/2004"), smc=smc, territoire=Territoire.MAYOTTE)[0].base == BaseSalaire.SMC


def test_une_branche_peut_avoir_une_meilleure_grille() -> None:
    mieux = TauxSalaire(
        code="branche",
        valide_du=date(2026, 1, 1),
        idcc="3043",
        age_min=18,
        age_max=20,
        annee=1,
        taux=Decimal(110),
        base=BaseSalaire.SMC,
    )
    jeu = replace(JEU, grille=(*JEU.grille, mieux))
    assert [int(p.taux) for p in periodes_minimales(paie(idcc="3043"), jeu)] == [110, 53, 61]
    assert [int(p.taux) for p in periodes_minimales(paie(idcc="1979"), jeu)] == [43, 53, 61]
    # the cap of 100 % is on the 15 points only, better terms being kept (D6222-31)
    majoree = periodes_minimales(paie(idcc="3043", fin=UN_AN, meme_niveau=True, rapport_direct=True), jeu)
    assert int(majoree[0].taux) == 110


def test_la_grille_est_celle_du_jour_de_conclusion() -> None:
    with pytest.raises(RegleAbsente, match="31/12/2018"):
        periodes(conclusion=date(2018, 12, 31))
    assert periodes(conclusion=date(2019, 1, 1))


def test_un_contrat_qui_finit_avant_de_commencer_n_a_pas_de_periode() -> None:
    assert periodes(fin=date(2026, 8, 31)) == ()
    (seule,) = periodes(fin=DEBUT)
    assert (seule.du, seule.au) == (DEBUT, DEBUT)


quelconques = st.fixed_dictionaries(
    {
        "naissance": st.dates(date(1985, 1, 1), date(2011, 12, 31)),
        "debut": st.dates(date(2021, 10, 1), date(2030, 12, 31)),
        "licence_professionnelle": st.booleans(),
        "mois_acquis": st.integers(0, 36),
        "prolongation": st.none() | st.sampled_from(Prolongation),
        "rqth": st.booleans(),
        "sportif": st.booleans(),
        "meme_niveau": st.booleans(),
        "rapport_direct": st.booleans(),
        "annee_precedente": st.integers(0, 3),
        "taux_precedent": st.none() | st.decimals(27, 130, places=2),
        "smc": st.none() | st.decimals(1500, 3000, places=2),
        "territoire": st.sampled_from(Territoire),
    }
)


@settings(max_examples=300)
@given(donnees=quelconques, duree=st.integers(1, 1800), initiale=st.integers(-400, 1800))
def test_les_periodes_couvrent_le_contrat_sans_trou_et_jamais_au_dessus_du_smic(
    donnees: dict[str, Any], duree: int, initiale: int
) -> None:
    fin = donnees["debut"] + timedelta(days=duree - 1)
    fin_initiale = donnees["debut"] + timedelta(days=initiale) if donnees["prolongation"] else None
    trouvees = periodes(**donnees, fin=fin, fin_initiale=fin_initiale, conclusion=CONCLUSION)
    assert (trouvees[0].du, trouvees[-1].au) == (donnees["debut"], fin)
    assert all(p.du <= p.au for p in trouvees)
    assert all(suivante.du == p.au + timedelta(days=1) for p, suivante in itertools.pairwise(trouvees))
    assert all(Decimal(27) <= p.hors_majoration <= p.taux <= 100 for p in trouvees)
    assert len({p.ordre for p in trouvees}) == len(trouvees)
    for periode in trouvees:
        debuts = [effet_de_l_age(donnees["naissance"], age) for age in (18, 21, 26)]
        coupees = [d for d in debuts if periode.du < d <= periode.au]
        assert not coupees or donnees["taux_precedent"] is not None, periode


@settings(max_examples=60)
@given(
    naissance=st.dates(date(1995, 1, 1), date(2011, 12, 31)),
    debut=st.dates(date(2021, 10, 1), date(2030, 12, 31)),
    duree=st.integers(1, 1095),
)
def test_chaque_jour_a_le_taux_que_la_grille_donne_ce_jour_la(naissance: date, debut: date, duree: int) -> None:
    """The same rule read day by day, without any period: year by the anniversary, age by the month after the birthday."""
    grille = {17: (27, 39, 55), 20: (43, 51, 67), 25: (53, 61, 78), 99: (100, 100, 100)}
    trouvees = periodes(naissance=naissance, debut=debut, fin=debut + timedelta(days=duree - 1))
    for periode in trouvees:
        for rang in range((periode.au - periode.du).days + 1):
            le = periode.du + timedelta(days=rang)
            annee = le.year - debut.year + ((le.month, le.day) >= (debut.month, debut.day))
            age = le.year - naissance.year - (le.month <= naissance.month)
            colonne = grille[next(seuil for seuil in grille if age <= seuil)]
            assert periode.taux == colonne[annee - 1], le
