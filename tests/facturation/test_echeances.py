"""Where each payment stands, judged without a database: tables of cases, then random schedules."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.dispositifs.base import Echeance
from jalon.facturation.enums import EtatEcheance
from jalon.facturation.regles.echeances import (
    Demande,
    Preuves,
    SuiviEcheancier,
    depassement_de_l_echeance,
    depassement_des_annexes,
    preuves_exigees,
    refus_de_l_echeance,
    suivre,
)
from jalon.socle.montants import ZERO, euros, somme
from tests.dispositifs.apprentissage.exemples import estimation

OUVERTURE, PERDUE = date(2027, 3, 1), date(2028, 12, 31)
JOUR = timedelta(days=1)
SANS = Demande()


def echeance(montant: str = "2400.00", numero: int = 2, *, perdu_apres: date | None = None, brut: str = "") -> Echeance:
    return Echeance(
        numero=numero, annee=1, date_ouverture=OUVERTURE, part=Decimal(30), brut=Decimal(brut or montant), montant=Decimal(montant),
        solde=perdu_apres is not None, perdu_apres=perdu_apres,
    )  # fmt: skip


def etat(
    regle: str = "0", en_cours: str = "0", *, jour: date = OUVERTURE, perdu_apres: date | None = None, montant: str = "2400.00"
) -> EtatEcheance:
    siennes = {2: Demande(Decimal(regle), Decimal(en_cours))}
    return suivre([echeance(montant, perdu_apres=perdu_apres)], siennes, SANS, jour).lignes[0].etat


@pytest.mark.parametrize(
    ("obtenu", "attendu"),
    [
        (etat(jour=OUVERTURE - JOUR), EtatEcheance.A_VENIR),
        (etat(), EtatEcheance.OUVERTE),
        (etat(en_cours="2400"), EtatEcheance.FACTUREE),
        (etat(en_cours="100"), EtatEcheance.FACTUREE),
        (etat(regle="100"), EtatEcheance.OUVERTE),
        (etat(regle="100", en_cours="2300"), EtatEcheance.FACTUREE),
        (etat(regle="2400"), EtatEcheance.REGLEE),
        (etat(regle="2400", jour=OUVERTURE - JOUR), EtatEcheance.REGLEE),
        (etat(jour=PERDUE, perdu_apres=PERDUE), EtatEcheance.OUVERTE),
        (etat(jour=PERDUE + JOUR, perdu_apres=PERDUE), EtatEcheance.PERDUE),
        (etat(en_cours="2400", jour=PERDUE + JOUR, perdu_apres=PERDUE), EtatEcheance.FACTUREE),
        (etat(regle="2400", jour=PERDUE + JOUR, perdu_apres=PERDUE), EtatEcheance.REGLEE),
        (etat(montant="0.00"), EtatEcheance.SANS_VERSEMENT),
    ],
)
def test_l_etat_d_une_echeance(obtenu: EtatEcheance, attendu: EtatEcheance) -> None:
    assert obtenu == attendu


@pytest.mark.parametrize(
    ("regle", "en_cours", "jour", "phrase"),
    [
        ("0", "0", OUVERTURE - JOUR, "s’ouvre le 01/03/2027"),
        ("0", "0", PERDUE + JOUR, "n’est plus due"),
        ("0", "2400", OUVERTURE, "déjà en cours"),
        ("2400", "0", OUVERTURE, "déjà réglée"),
        ("0", "0", OUVERTURE, ""),
    ],
)
def test_le_refus_dit_pourquoi(regle: str, en_cours: str, jour: date, phrase: str) -> None:
    siennes = {2: Demande(Decimal(regle), Decimal(en_cours))}
    (suivi,) = suivre([echeance(perdu_apres=PERDUE)], siennes, SANS, jour).lignes
    refus = refus_de_l_echeance(suivi)
    assert phrase in refus
    assert bool(refus) == (not suivi.facturable) == bool(phrase)
    if "due" in phrase:
        assert "31/12/2028 (Code du travail, R6332-25, III, 4°)" in refus


def test_sans_versement_rien_ne_se_facture() -> None:
    (suivi,) = suivre([echeance("0.00")], {}, SANS, OUVERTURE).lignes
    assert "aucun versement" in refus_de_l_echeance(suivi)


def test_jamais_plus_que_le_montant() -> None:
    (suivi,) = suivre([echeance()], {2: Demande(Decimal(400))}, SANS, OUVERTURE).lignes
    assert depassement_de_l_echeance(suivi, Decimal("2000.00")) == ""
    assert "encore 2\xa0000,00\xa0€ à verser" in depassement_de_l_echeance(suivi, Decimal("2000.01"))


@pytest.mark.parametrize(
    ("accorde", "deja", "demande", "phrase"),
    [
        ("300", "0", "300", ""),
        ("300", "100", "200", ""),
        ("300", "100", "200.01", "Il reste 200,00\xa0€"),
        ("0", "0", "1", "ne prévoit pas de frais annexes"),
        ("100", "300", "1", "Il reste 0,00\xa0€"),
    ],
)
def test_les_frais_annexes_dans_la_limite_de_l_accord(accorde: str, deja: str, demande: str, phrase: str) -> None:
    refus = depassement_des_annexes(Decimal(accorde), Decimal(deja), Decimal(demande))
    assert (refus == "") == (phrase == "")
    assert phrase in refus


def contrat_de_deux_ans(jour: date = OUVERTURE, anterieur: Demande = SANS) -> SuiviEcheancier:
    return suivre(estimation().echeances, {}, anterieur, jour)


def test_le_certificat_accompagne_le_dernier_solde_seul() -> None:
    suivi = contrat_de_deux_ans()
    assert suivi.participation == Decimal("750.00")
    exigees = [preuves_exigees(suivi, ligne) for ligne in suivi.lignes]
    assert exigees == [Preuves(certificat=False)] * 7 + [Preuves(certificat=True, participation=True)]
    assert preuves_exigees(suivi, None) == Preuves(certificat=False)
    assert preuves_exigees(None, None) == Preuves(certificat=True)


def test_sans_participation_sa_facture_n_est_pas_demandee() -> None:
    suivi = suivre(estimation(niveau=5).echeances, {}, SANS, OUVERTURE)
    assert preuves_exigees(suivi, suivi.lignes[-1]) == Preuves(certificat=True)


def test_un_ancien_echeancier_ne_perd_pas_son_solde() -> None:
    """Before 01/07/2025 the law gave no such delay, and asked no copy of the employer's invoice."""
    ancien = estimation(conclusion=date(2025, 6, 1), debut=date(2025, 9, 1), fin=date(2027, 8, 31)).echeances
    suivi = suivre(ancien, {}, SANS, date(2035, 1, 1))
    assert {ligne.etat for ligne in suivi.lignes} <= {EtatEcheance.OUVERTE, EtatEcheance.SANS_VERSEMENT}
    assert preuves_exigees(suivi, suivi.lignes[-1]) == Preuves(certificat=True)


def test_ce_qui_fut_paye_avant_couvre_les_premieres_echeances() -> None:
    suivi = contrat_de_deux_ans(anterieur=Demande(regle=Decimal("2500.00"), en_cours=Decimal("2400.00")))
    assert [(x.regle, x.en_cours) for x in suivi.lignes[:3]] == [
        (Decimal("2450.00"), ZERO),
        (Decimal("50.00"), Decimal("2350.00")),
        (ZERO, Decimal("50.00")),
    ]
    assert [x.etat for x in suivi.lignes[:3]] == [EtatEcheance.REGLEE, EtatEcheance.FACTUREE, EtatEcheance.A_VENIR]
    assert suivi.reste == euros(suivi.total - Decimal("4900.00"))
    assert suivi.trop_verse == ZERO


def test_le_solde_perdu_ne_reste_pas_a_facturer() -> None:
    suivi = contrat_de_deux_ans(date(2029, 1, 1))
    assert suivi.lignes[-1].etat == EtatEcheance.PERDUE
    assert suivi.reste == suivi.ouvert == euros(suivi.total - suivi.lignes[-1].echeance.montant)


montants = st.integers(min_value=0, max_value=500_000).map(lambda c: Decimal(c) / 100)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(montants, min_size=1, max_size=5),
    demandes=st.lists(st.tuples(montants, montants), max_size=5),
    anterieur=st.tuples(montants, montants),
    jour=st.dates(min_value=date(2027, 1, 1), max_value=date(2029, 12, 31)),
)
def test_repartir_ne_cree_ni_ne_perd_un_centime(
    parts: list[Decimal], demandes: list[tuple[Decimal, Decimal]], anterieur: tuple[Decimal, Decimal], jour: date
) -> None:
    echeances = [echeance(str(euros(montant)), numero) for numero, montant in enumerate(parts, start=1)]
    siennes = {}
    for numero, (regle, en_cours) in enumerate(demandes[: len(parts)], start=1):
        sur_elle = min(regle, parts[numero - 1])
        siennes[numero] = Demande(euros(sur_elle), euros(min(en_cours, parts[numero - 1] - sur_elle)))
    avant = Demande(euros(anterieur[0]), euros(anterieur[1]))
    suivi = suivre(echeances, siennes, avant, jour)
    demande = somme(d.regle + d.en_cours for d in [*siennes.values(), avant])
    assert euros(suivi.regle + suivi.en_cours + suivi.trop_verse) == demande
    assert euros(somme(x.reste for x in suivi.lignes) + suivi.regle + suivi.en_cours) == suivi.total
    assert all(x.reste >= 0 for x in suivi.lignes)
    assert suivi.trop_verse == ZERO or all(x.reste == 0 for x in suivi.lignes)
    assert suivi.ouvert <= suivi.reste
