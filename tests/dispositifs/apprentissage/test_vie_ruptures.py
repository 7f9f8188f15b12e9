"""The motives of a rupture: what each asks, its delays, and their boundary days. Practical training begins on 01/09/2026."""

import re
from datetime import date
from typing import Any

import pytest

from jalon.dispositifs.apprentissage.vie.motifs import MOTIFS, Jour, Motif
from jalon.dispositifs.apprentissage.vie.ruptures import (
    au_plus_tot,
    dans_les_45_jours,
    limite_de_reinscription,
    limite_du_maintien,
    refus_de_rupture,
)
from tests.dispositifs.apprentissage.demandes import demande, rupture
from tests.dispositifs.apprentissage.exemples import jour
from tests.dispositifs.test_sources import ARTICLE

AUJOURD_HUI = date(2027, 6, 1)


def dates(**jours: str) -> dict[str, date]:
    return {code: jour(texte) for code, texte in jours.items()}


def refus(le: str, motif: str = "", *, contrat: dict[str, Any] | None = None, cfa: bool = False, **plus: Any) -> dict[str, str]:
    return refus_de_rupture(demande(**(contrat or {})), rupture(jour(le), motif, **plus), AUJOURD_HUI, cfa)


def test_chaque_motif_de_l_enum_est_declare_avec_sa_preuve_et_son_article() -> None:
    assert [m.code for m in MOTIFS] == [m.value for m in Motif]
    for motif in MOTIFS:
        assert motif.preuve, motif.code
        assert re.fullmatch(rf"Code du travail, {ARTICLE}(?:, {ARTICLE})*", motif.source), motif.code


@pytest.mark.parametrize(
    ("le", "jours", "case"),
    [
        ("01/09/2026", 0, None),
        ("01/09/2026", 1, None),
        ("01/09/2026", 2, "jours_pratiques"),  # more than the calendar
        ("15/10/2026", 45, None),
        ("15/10/2026", 46, "jours_pratiques"),
        ("14/10/2026", 45, "jours_pratiques"),  # 44 days on the calendar
        ("15/03/2027", 45, None),  # not consecutive: days at the CFA do not count
        ("15/03/2027", None, "jours_pratiques"),
        ("15/03/2027", -1, "jours_pratiques"),
    ],
)
def test_les_quarante_cinq_premiers_jours(le: str, jours: int | None, case: str | None) -> None:
    assert list(refus(le, Motif.ESSAI, jours_pratiques=jours)) == ([case] if case else [])


@pytest.mark.parametrize(
    ("signature", "le", "case"),
    [
        ("01/03/2027", "01/03/2027", None),
        ("01/03/2027", "31/05/2027", None),
        ("02/03/2027", "01/03/2027", "le"),  # never before it is signed
        ("01/06/2027", "01/06/2027", None),
        ("02/06/2027", "30/06/2027", Jour.SIGNATURE),  # not signed yet
    ],
)
def test_l_accord_ecrit(signature: str, le: str, case: str | None) -> None:
    assert list(refus(le, Motif.ACCORD, dates=dates(signature=signature))) == ([case] if case else [])


@pytest.mark.parametrize(
    ("mediateur", "informe", "le", "case"),
    [
        ("01/02/2027", "06/02/2027", "13/02/2027", None),
        ("01/02/2027", "05/02/2027", "13/02/2027", Jour.EMPLOYEUR_INFORME),  # four days after the mediator
        ("01/02/2027", "06/02/2027", "12/02/2027", "le"),  # six days of notice
        ("01/02/2027", "20/02/2027", "27/02/2027", None),
        ("24/09/2026", "05/10/2026", "15/10/2026", "motif"),  # day 45: free rupture
        ("24/09/2026", "05/10/2026", "16/10/2026", None),  # the day after
    ],
)
def test_l_initiative_de_l_apprenti(mediateur: str, informe: str, le: str, case: str | None) -> None:
    trouves = refus(le, Motif.INITIATIVE, dates=dates(mediateur=mediateur, employeur_informe=informe))
    assert list(trouves) == ([case] if case else [])


def test_sans_les_deux_dates_l_initiative_est_refusee_case_par_case() -> None:
    assert set(refus("01/03/2027", Motif.INITIATIVE)) == {Jour.MEDIATEUR, Jour.EMPLOYEUR_INFORME}


@pytest.mark.parametrize(
    ("naissance", "signe", "case"),
    [
        (date(2009, 2, 6), False, None),  # eighteen on the day when the employer is told
        (date(2009, 2, 7), False, "representant_signe"),
        (date(2009, 2, 7), True, None),
    ],
)
def test_le_representant_d_un_mineur_signe_l_acte(naissance: date, signe: bool, case: str | None) -> None:
    trouves = refus(
        "13/02/2027", Motif.INITIATIVE, contrat={"apprenti__date_naissance": naissance, "apprenti__mineur": True},
        dates=dates(mediateur="01/02/2027", employeur_informe="06/02/2027"), representant_signe=signe,
    )  # fmt: skip
    assert list(trouves) == ([case] if case else [])


@pytest.mark.parametrize(
    ("informe", "obtenu", "le", "case"),
    [
        ("05/04/2027", "10/04/2027", "05/05/2027", None),
        ("05/04/2027", "10/04/2027", "04/05/2027", "le"),  # a day short of a month
        ("31/01/2027", "01/02/2027", "28/02/2027", None),
        ("05/04/2027", "20/05/2027", "19/05/2027", "le"),  # before the diploma
        ("05/04/2027", "20/05/2027", "20/05/2027", None),
    ],
)
def test_le_diplome_obtenu(informe: str, obtenu: str, le: str, case: str | None) -> None:
    assert list(refus(le, Motif.DIPLOME, dates=dates(employeur_informe=informe, diplome=obtenu))) == ([case] if case else [])


@pytest.mark.parametrize("motif", [Motif.LIQUIDATION, Motif.FORCE_MAJEURE, Motif.FAUTE_GRAVE, Motif.INAPTITUDE, Motif.DECES])
def test_une_notification_precede_la_rupture(motif: Motif) -> None:
    assert refus("10/03/2027", motif, dates=dates(notification="10/03/2027")) == {}
    assert list(refus("09/03/2027", motif, dates=dates(notification="10/03/2027"))) == ["le"]
    assert list(refus("10/03/2027", motif)) == ["notification"]


def test_l_exclusion_par_le_cfa() -> None:
    assert refus("10/03/2027", Motif.EXCLUSION, dates=dates(exclusion="10/03/2027")) == {}
    assert list(refus("09/03/2027", Motif.EXCLUSION, dates=dates(exclusion="10/03/2027"))) == ["le"]
    assert limite_de_reinscription(date(2027, 3, 10)) == date(2027, 5, 10)
    assert limite_de_reinscription(date(2026, 12, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("le", "admis"), [("31/08/2026", False), ("01/09/2026", True), ("30/08/2028", True), ("31/08/2028", False)]
)
def test_la_rupture_est_dans_le_contrat(le: str, admis: bool) -> None:
    trouves = refus(le, Motif.ESSAI, jours_pratiques=0)
    assert list(trouves) == ([] if admis else ["le"])


def test_un_motif_inconnu_est_refuse_a_l_entreprise_mais_pas_au_cfa() -> None:
    assert list(refus("10/03/2027")) == ["motif"]
    assert list(refus("10/03/2027", "autre")) == ["motif"]
    assert refus("10/03/2027", cfa=True) == {}
    assert list(refus("10/03/2027", "autre", cfa=True)) == ["motif"]


def test_le_cfa_ne_declare_ni_faute_ni_sante_et_n_a_rien_a_prouver() -> None:
    for motif in (Motif.FAUTE_GRAVE, Motif.INAPTITUDE, Motif.FORCE_MAJEURE, Motif.DECES):
        assert list(refus("10/03/2027", motif, cfa=True)) == ["motif"]
    assert refus("10/03/2027", Motif.ACCORD, cfa=True) == {}
    assert list(refus("10/03/2027", Motif.EXCLUSION, cfa=True)) == [Jour.EXCLUSION]
    assert list(refus("10/03/2027", Motif.EXCLUSION, cfa=True, dates=dates(exclusion="02/06/2027"))) == [Jour.EXCLUSION]


@pytest.mark.parametrize(
    ("motif", "le", "jusqu_au", "limite"),
    [
        ("", "31/03/2027", "30/09/2027", "30/09/2027"),
        (Motif.ACCORD, "10/03/2027", "10/09/2027", "10/09/2027"),
        (Motif.ACCORD, "10/06/2028", "31/08/2028", "31/08/2028"),  # the term of the contract
        (Motif.EXCLUSION, "10/03/2027", "", ""),
        (Motif.DIPLOME, "10/03/2027", "", ""),
    ],
)
def test_la_formation_maintenue(motif: str, le: str, jusqu_au: str, limite: str) -> None:
    """L6222-18-2: six months, for the ruptures of L6222-18 only."""
    contrat, rompue = demande(), rupture(jour(le), motif)
    assert limite_du_maintien(contrat, rompue) == (jour(limite) if limite else None)
    if jusqu_au:
        dernier = jour(jusqu_au)
        for suite, admise in ((dernier, True), (date.fromordinal(dernier.toordinal() + 1), False), (jour(le), False)):
            essayee = rupture(jour(le), motif, formation_jusqu_au=suite)
            assert ("formation_jusqu_au" in refus_de_rupture(contrat, essayee, AUJOURD_HUI, True)) is not admise
    else:
        essayee = rupture(jour(le), motif, formation_jusqu_au=date(2027, 4, 1), dates=dates(exclusion=le))
        assert "formation_jusqu_au" in refus_de_rupture(contrat, essayee, AUJOURD_HUI, True)


@pytest.mark.parametrize(
    ("le", "motif", "dedans"), [("15/10/2026", "", True), ("16/10/2026", "", False), ("16/10/2026", "essai", True)]
)
def test_les_jours_qui_reduisent_la_participation(le: str, motif: str, dedans: bool) -> None:
    assert dans_les_45_jours(demande(), rupture(jour(le), motif)) is dedans


def test_sans_ses_dates_un_motif_n_a_pas_de_premier_jour() -> None:
    assert au_plus_tot(demande(), rupture(date(2027, 3, 1), Motif.ACCORD)) is None
    assert au_plus_tot(demande(), rupture(date(2027, 3, 1))) is None
    assert au_plus_tot(demande(), rupture(date(2027, 3, 1), Motif.ESSAI, jours_pratiques=0)) == date(2026, 9, 1)
