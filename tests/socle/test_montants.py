"""Amounts: read as typed, rounded half-up, printed in French, never a float."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.montants import (
    MONTANT_MAX,
    analyser_montant,
    en_centimes,
    euros,
    formater_montant,
    somme,
)

montants = st.decimals(-MONTANT_MAX, MONTANT_MAX, places=2)


@pytest.mark.parametrize(
    ("valeur", "arrondi"),
    [
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        (12, "12.00"),
        ("1e2", "100.00"),
    ],
)
def test_l_arrondi_se_fait_au_centime_superieur_a_mi_chemin(valeur: str | int, arrondi: str) -> None:
    assert str(euros(valeur)) == arrondi


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("1 867,02 €", "1867.02"),
        ("1867.02", "1867.02"),
        ("1\u00a0867,02\u00a0€", "1867.02"),
        ("1\u202f867,02", "1867.02"),
        ("12", "12.00"),
        ("12,", "12.00"),
        (",5", "0.50"),
        ("12,500", "12.50"),
        ("+3", "3.00"),
        ("-3,10", "-3.10"),
        ("−3,10 €", "-3.10"),
        ("0", "0.00"),
        ("9999999999,99", "9999999999.99"),
    ],
)
def test_un_montant_se_lit_comme_on_l_ecrit(saisi: str, lu: str) -> None:
    assert str(analyser_montant(saisi)) == lu


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez un montant"),
        (" € ", "Indiquez un montant"),
        ("douze", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("1e5", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("1_000", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("1.234,56", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("NaN", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("Infinity", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("١٢", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        (".", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("--3", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
        ("12,345", "Un montant a deux décimales au plus"),
        ("10000000000", "Un montant est de 9\u00a0999\u00a0999\u00a0999,99\u00a0€ au plus"),
        ("9" * 60, "Un montant est de 9\u00a0999\u00a0999\u00a0999,99\u00a0€ au plus"),
    ],
)
def test_un_montant_illisible_dit_quoi_corriger(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        analyser_montant(saisi)
    assert refus.value.message == phrase


@given(montants)
def test_un_montant_affiche_se_relit_a_l_identique(montant: Decimal) -> None:
    assert analyser_montant(formater_montant(montant)) == montant


@given(st.text(max_size=30))
def test_aucun_texte_ne_fait_autre_chose_qu_un_montant_ou_un_refus(texte: str) -> None:
    try:
        montant = analyser_montant(texte)
    except SaisieRefusee:
        return
    assert abs(montant) <= MONTANT_MAX
    assert montant == euros(montant)


@given(st.lists(montants))
def test_une_somme_est_exacte(liste: list[Decimal]) -> None:
    assert en_centimes(somme(liste)) == sum(map(en_centimes, liste))


def test_une_somme_vide_vaut_zero() -> None:
    assert str(somme([])) == "0.00"


@pytest.mark.parametrize(
    ("montant", "texte"),
    [
        ("0", "0,00\u00a0€"),
        ("1867.02", "1\u00a0867,02\u00a0€"),
        ("-12.5", "−12,50\u00a0€"),
        ("1234567.891", "1\u00a0234\u00a0567,89\u00a0€"),
    ],
)
def test_un_montant_s_affiche_a_la_francaise(montant: str, texte: str) -> None:
    assert formater_montant(Decimal(montant)) == texte
