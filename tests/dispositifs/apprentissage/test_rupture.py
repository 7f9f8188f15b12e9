"""A rupture or an avenant: what is due, what was paid, what is left."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.apprentissage.financement import (
    DonneesFinancement,
    EffetRupture,
    Rupture,
    Tranche,
    apres_avenant,
    estimer,
    reprendre,
    rompre,
)
from jalon.socle.erreurs import SaisieRefusee
from tests.dispositifs.apprentissage.exemples import JEU, contrat, jour

ZERO = Decimal("0.00")


def rompu(le: str, verse: str = "0.00", *, donnees: dict[str, Any] | None = None, **cas: Any) -> EffetRupture:
    """The contract of two years broken that day, after that was paid."""
    return rompre(contrat(**(donnees or {})), JEU, Rupture(le=jour(le), **cas), Decimal(verse))


def dus(effet: EffetRupture) -> list[str]:
    """« E1 01/09/2026 100.00 » of what is left to pay."""
    return [f"{e.codification} {e.date_ouverture:%d/%m/%Y} {e.montant}" for e in effet.reprise.a_verser]


def test_l_exemple_d_une_rupture_au_trentieme_jour() -> None:
    """regles.md §6: prorata 657,53, participation 328,77."""
    effet = rompu("30/09/2026", periode_essai=True)
    assert (effet.jours_du_contrat, effet.jours_maintenus) == (30, 0)
    estimee = effet.reprise.estimation
    assert (str(estimee.total), str(estimee.participation_employeur)) == ("657.53", "328.77")
    assert effet.reprise.reste_a_verser == Decimal("328.76")


@pytest.mark.parametrize(
    ("le", "donnees", "participation"),
    [
        ("06/11/2026", {}, "734.25"),
        ("08/11/2026", {}, "750.00"),  # 50 % would be 756,16
        ("30/09/2026", {"niveau": 5}, "0.00"),
        ("30/09/2026", {"employeur_apres_rupture": True}, "200.00"),
        ("10/09/2026", {"employeur_apres_rupture": True}, "109.59"),
        ("30/09/2026", {"conclusion": date(2025, 6, 30)}, "0.00"),
    ],
)
def test_la_participation_d_une_rupture_dans_les_quarante_cinq_jours(
    le: str, donnees: dict[str, Any], participation: str
) -> None:
    """Code du travail, R6332-25-1, second paragraph."""
    assert str(rompu(le, donnees=donnees, periode_essai=True).reprise.estimation.participation_employeur) == participation


def test_apres_les_quarante_cinq_jours_la_participation_reste_due() -> None:
    assert rompu("30/11/2026").reprise.estimation.participation_employeur == 750
    assert rompu("30/09/2026").reprise.estimation.participation_employeur == Decimal("657.53")  # no more than the days done


def test_un_contrat_rompu_garde_l_echeancier_de_sa_duree_prevue() -> None:
    """40 % then the balance, although only 181 days are done: the contract was not concluded for less than one year."""
    effet = rompu("28/02/2027")
    assert dus(effet) == ["E1 01/09/2026 836.85", "E2 01/03/2027 2380.27"]
    assert effet.reprise.estimation.echeances[-1].perdu_apres == jour("28/06/2027")


@pytest.mark.parametrize(
    ("verse", "reste", "trop_verse"),
    [
        ("0.00", ["E1 01/09/2026 836.85", "E2 01/03/2027 2380.27"], "0.00"),
        ("800.00", ["E1 01/09/2026 36.85", "E2 01/03/2027 2380.27"], "0.00"),
        ("836.85", ["E2 01/03/2027 2380.27"], "0.00"),
        ("2450.00", ["E2 01/03/2027 767.12"], "0.00"),
        ("3217.12", [], "0.00"),
        ("4850.00", [], "1632.88"),
    ],
)
def test_ce_qui_est_verse_est_garde(verse: str, reste: list[str], trop_verse: str) -> None:
    effet = rompu("28/02/2027", verse)
    assert dus(effet) == reste
    assert (str(effet.reprise.deja_verse), str(effet.reprise.trop_verse)) == (verse, trop_verse)


@pytest.mark.parametrize(
    ("formation_jusqu_au", "jours_maintenus", "total"),
    [
        (None, 0, "2673.97"),
        ("31/12/2026", 0, "2673.97"),
        ("01/01/2027", 1, "2695.89"),
        ("31/03/2027", 90, "4646.58"),
        ("30/06/2027", 181, "6641.10"),
        ("01/07/2027", 181, "6641.10"),  # six months at most
        ("31/08/2028", 181, "6641.10"),
        ("15/11/2026", 0, "2673.97"),  # before the rupture: nothing is kept up
    ],
)
def test_la_formation_maintenue_est_financee_six_mois_au_plus(
    formation_jusqu_au: str | None, jours_maintenus: int, total: str
) -> None:
    """Code du travail, L6222-18-2, R6332-25, VI: rupture on 31/12/2026, until 30/06/2027."""
    suite = jour(formation_jusqu_au) if formation_jusqu_au else None
    effet = rompu("31/12/2026", formation_jusqu_au=suite)
    assert (effet.jours_du_contrat, effet.jours_maintenus) == (122, jours_maintenus)
    assert str(effet.reprise.estimation.total) == total


def test_la_formation_maintenue_ne_depasse_pas_le_terme() -> None:
    effet = rompu("15/06/2028", formation_jusqu_au=jour("15/12/2028"))
    assert effet.reprise.estimation.annees[-1].fin == jour("31/08/2028")
    assert effet.reprise.estimation.total == 16000


def test_la_participation_des_quarante_cinq_jours_ne_compte_pas_la_formation_maintenue() -> None:
    effet = rompu("30/09/2026", periode_essai=True, formation_jusqu_au=jour("31/12/2026"))
    assert (effet.jours_du_contrat, effet.jours_maintenus) == (30, 92)
    assert str(effet.reprise.estimation.participation_employeur) == "328.77"


def test_une_rupture_apres_le_terme_ne_change_rien() -> None:
    effet = rompu("15/10/2028", formation_jusqu_au=jour("30/11/2028"))
    assert (effet.jours_du_contrat, effet.jours_maintenus) == (731, 0)
    assert effet.reprise.estimation.echeances == estimer(contrat(), JEU).echeances


def test_une_rupture_est_expliquee() -> None:
    def ligne(effet: EffetRupture) -> tuple[str, str, str]:
        (trouvee,) = [e for e in effet.reprise.estimation.explications if e.libelle.startswith("Contrat rompu")]
        return trouvee.libelle, str(trouvee.montant), trouvee.source

    assert ligne(rompu("30/09/2026")) == (
        "Contrat rompu le 30/09/2026\u00a0: seuls les jours faits sont dus",
        "657.53",
        "Code du travail, R6332-25",
    )
    assert ligne(rompu("30/09/2026", formation_jusqu_au=jour("31/10/2026"))) == (
        "Contrat rompu le 30/09/2026\u00a0: formation maintenue, financée jusqu’au 31/10/2026",
        "1336.99",
        "Code du travail, L6222-18-2, R6332-25",
    )


def test_un_contrat_annule_avant_son_debut_n_est_pas_une_rupture() -> None:
    with pytest.raises(SaisieRefusee, match="il s’annule"):
        rompu("31/08/2026")


def test_avant_juillet_2025_le_mois_commence_de_la_rupture_est_du() -> None:
    ancien = {"conclusion": date(2025, 6, 30)}
    assert str(rompu("01/11/2026", donnees=ancien).reprise.estimation.total) == "2000.00"
    assert str(rompu("31/10/2026", donnees=ancien).reprise.estimation.total) == "1333.33"


def test_un_avenant_qui_raccourcit_puis_rallonge_rend_le_meme_contrat() -> None:
    depart = contrat()
    court = apres_avenant(depart, JEU, fin=jour("31/03/2028"))
    assert court.estimation.total < 16000
    retour = apres_avenant(court.donnees, JEU, fin=jour("31/08/2028"))
    assert retour.estimation == estimer(depart, JEU)


def test_un_avenant_de_fin_garde_ce_qui_est_verse() -> None:
    reprise = apres_avenant(contrat(), JEU, fin=jour("31/03/2028"), deja_verse=Decimal(7250))
    assert [f"{e.codification} {e.date_ouverture:%d/%m/%Y} {e.montant}" for e in reprise.a_verser] == [
        "E5 01/09/2027 1862.30",
        "E6 01/03/2028 1396.72",
        "E7 01/04/2028 1396.72",
    ]
    assert reprise.trop_verse == ZERO


def test_un_avenant_de_niveau_s_ajoute_aux_precedents() -> None:
    premier = apres_avenant(contrat(), JEU, tranche=Tranche(du=jour("01/09/2027"), npec=Decimal(9000)))
    second = apres_avenant(premier.donnees, JEU, tranche=Tranche(du=jour("01/03/2027"), npec=Decimal(7000)))
    assert [str(a.montant) for a in second.estimation.annees] == ["7495.89", "9000.00"]
    assert second.estimation.participation_employeur == 750


def test_un_niveau_fixe_apres_un_amorcage_est_regularise() -> None:
    """Code du travail, D6332-80: at the next payment, up or down."""
    amorce = contrat(npec=None)
    verse = sum((e.montant for e in estimer(amorce, JEU).echeances[:2]), ZERO)
    assert verse == 3450
    hausse = reprendre(replace(amorce, npec=Decimal(9000)), JEU, verse)
    assert [str(e.montant) for e in hausse.a_verser][:2] == ["2100.00", "1800.00"]
    baisse = reprendre(replace(amorce, npec=Decimal(1000)), JEU, verse)
    assert (baisse.a_verser, baisse.trop_verse) == ((), Decimal(2200))


contrats = st.builds(
    DonneesFinancement,
    debut=st.dates(date(2024, 1, 1), date(2031, 12, 31)),
    fin=st.just(date(2040, 1, 1)),
    conclusion=st.sampled_from([date(2020, 1, 1), date(2024, 1, 1), date(2026, 8, 20)]),
    niveau=st.integers(3, 8),
    npec=st.decimals(0, 20000, places=2),
    heures_formation=st.just(Decimal(400)),
    heures_distance=st.sampled_from([Decimal(0), Decimal(400)]),
    rqth_par_annee=st.lists(st.decimals(0, 5000, places=2), max_size=4).map(tuple),
    employeur_apres_rupture=st.booleans(),
    duree_reduite=st.booleans(),
)
durees = st.integers(1, 1461)


def de_duree(donnees: DonneesFinancement, jours: int) -> DonneesFinancement:
    return replace(donnees, fin=donnees.debut + timedelta(days=jours - 1))


@settings(max_examples=300)
@given(donnees=contrats, jours=durees)
def test_les_echeances_somment_au_total_au_centime(donnees: DonneesFinancement, jours: int) -> None:
    estimee = estimer(de_duree(donnees, jours), JEU)
    assert sum(a.jours for a in estimee.annees) == jours
    assert sum(a.montant for a in estimee.annees) == estimee.total
    assert sum(e.montant for e in estimee.echeances) == estimee.total - estimee.participation_employeur
    for annee in estimee.annees:
        siennes = [e for e in estimee.echeances if e.annee == annee.numero]
        assert sum(e.brut for e in siennes) == annee.montant
        assert sum(e.part for e in siennes) == 100
        assert annee.montant <= estimee.npec - estimee.minoration + estimee.majoration
    assert all(ZERO <= e.montant <= e.brut for e in estimee.echeances)
    assert [e.numero for e in estimee.echeances] == list(range(1, len(estimee.echeances) + 1))
    dates = [e.date_ouverture for e in estimee.echeances]
    assert dates == sorted(dates)
    assert estimee.annees[-1].fin < dates[-1] or donnees.conclusion < date(2025, 7, 1)


@settings(max_examples=300)
@given(donnees=contrats, jours=durees, coupes=st.lists(st.integers(0, 1500), max_size=4))
def test_couper_un_contrat_par_des_avenants_ne_cree_pas_d_argent(
    donnees: DonneesFinancement, jours: int, coupes: list[int]
) -> None:
    """The same level from as many days as one likes: the same estimate to the cent."""
    entier = de_duree(donnees, jours)
    tranches = tuple(Tranche(du=donnees.debut + timedelta(days=c), npec=donnees.npec or ZERO) for c in coupes)
    coupe = estimer(replace(entier, tranches=tranches), JEU)
    attendu = estimer(entier, JEU)
    assert (coupe.annees, coupe.echeances, coupe.total) == (attendu.annees, attendu.echeances, attendu.total)


@settings(max_examples=200)
@given(donnees=contrats, jours=durees, coupe=st.integers(0, 1500), autre=st.decimals(0, 20000, places=2))
def test_changer_de_niveau_reste_entre_les_deux(donnees: DonneesFinancement, jours: int, coupe: int, autre: Decimal) -> None:
    entier = de_duree(donnees, jours)
    change = estimer(replace(entier, tranches=(Tranche(du=donnees.debut + timedelta(days=coupe), npec=autre),)), JEU)
    totaux = sorted([estimer(entier, JEU).total, estimer(replace(entier, npec=autre), JEU).total])
    assert totaux[0] <= change.total <= totaux[1]


@settings(max_examples=300)
@given(
    donnees=contrats, jours=durees, jour_de_rupture=st.integers(0, 1500), suite=st.none() | st.integers(-30, 400),
    essai=st.booleans(), verse=st.decimals(0, 30000, places=2),
)  # fmt: skip
def test_une_rupture_ne_paie_jamais_plus_que_le_contrat_et_rien_ne_se_perd(
    donnees: DonneesFinancement, jours: int, jour_de_rupture: int, suite: int | None, essai: bool, verse: Decimal
) -> None:
    entier = de_duree(donnees, jours)
    le = donnees.debut + timedelta(days=jour_de_rupture)
    jusqu_au = None if suite is None else le + timedelta(days=suite)
    effet = rompre(entier, JEU, Rupture(le=le, periode_essai=essai, formation_jusqu_au=jusqu_au), verse)
    estimee, reprise = effet.reprise.estimation, effet.reprise
    assert estimee.total <= estimer(entier, JEU).total
    assert effet.jours_du_contrat + effet.jours_maintenus == sum(a.jours for a in estimee.annees) <= jours
    assert effet.jours_maintenus <= 184
    assert reprise.deja_verse + reprise.reste_a_verser - reprise.trop_verse == estimee.total - estimee.participation_employeur
    assert not (reprise.trop_verse and reprise.a_verser)
    assert all(e.montant > 0 for e in reprise.a_verser)


@given(donnees=contrats, jours=durees, autre=durees)
def test_deplacer_la_fin_puis_la_remettre_ne_change_rien(donnees: DonneesFinancement, jours: int, autre: int) -> None:
    entier = de_duree(donnees, jours)
    ailleurs = apres_avenant(entier, JEU, fin=donnees.debut + timedelta(days=autre - 1))
    assert apres_avenant(ailleurs.donnees, JEU, fin=entier.fin).estimation == estimer(entier, JEU)
    if autre <= jours:
        assert ailleurs.estimation.total <= estimer(entier, JEU).total
