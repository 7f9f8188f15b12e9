"""Check digits, a column at a time: same answer as the library, number by number."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from jalon.organisations.sirene.cles import cles_valides

sirens = st.text("0123456789", min_size=8, max_size=8).map(lambda c: c + luhn.calc_check_digit(c))
sirets = st.text("0123456789", min_size=13, max_size=13).map(lambda c: c + luhn.calc_check_digit(c))


@given(st.lists(sirens, min_size=1, max_size=50))
def test_une_colonne_de_siren_justes_est_acceptee(colonne: list[str]) -> None:
    assert cles_valides([c.encode() for c in colonne], 9)


@given(st.lists(sirets, min_size=1, max_size=50))
def test_une_colonne_de_siret_justes_est_acceptee(colonne: list[str]) -> None:
    assert cles_valides([c.encode() for c in colonne], 14)


@given(st.lists(st.text("0123456789", min_size=14, max_size=14), min_size=1, max_size=8))
def test_la_colonne_vaut_ce_que_vaut_chacun_de_ses_numeros(colonne: list[str]) -> None:
    assert cles_valides([c.encode() for c in colonne], 14) == all(luhn.is_valid(c) for c in colonne)


@given(sirets, st.lists(sirets, max_size=20), st.integers(0, 13), st.integers(1, 9))
def test_un_seul_chiffre_faux_fait_refuser_la_colonne(siret: str, autres: list[str], position: int, ecart: int) -> None:
    faux = siret[:position] + str((int(siret[position]) + ecart) % 10) + siret[position + 1 :]
    assert not cles_valides([c.encode() for c in [*autres, faux, *autres]], 14)


@given(st.lists(sirens, min_size=1, max_size=5), st.sampled_from(["", "12", "12345678A", "1234567890", "é" * 9, "١٢٣٤٥٦٧٨٩"]))
def test_ce_qui_n_est_pas_un_numero_fait_refuser_la_colonne(colonne: list[str], autre: str) -> None:
    assert not cles_valides([*(c.encode() for c in colonne), autre.encode()], 9)
