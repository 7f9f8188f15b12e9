"""The quick search text is the one of `socle.texte`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.organisations.sirene.texte import normaliser_octets
from jalon.socle.texte import normaliser


@given(st.text())
def test_la_recherche_se_construit_comme_partout(texte: str) -> None:
    assert normaliser_octets(texte.encode()) == normaliser(texte).encode()


@given(st.text(st.characters(max_codepoint=127)))
def test_la_voie_rapide_donne_le_meme_texte(texte: str) -> None:
    assert normaliser_octets(texte.encode()) == normaliser(texte).encode()


def test_chaque_caractere_courant_donne_le_meme_texte() -> None:
    for code in range(0x3000):
        texte = f"A{chr(code)}b"
        assert normaliser_octets(texte.encode()) == normaliser(texte).encode(), hex(code)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [(" L'ÉTÉ  À Nîmes ", "l ete a nimes"), ("CŒUR & FILS", "coeur fils"), ("S.A.R.L. 3-D", "s a r l 3 d"), ("", ""), ("…", "")],
)
def test_exemples_de_noms(nom: str, attendu: str) -> None:
    assert normaliser_octets(nom.encode()).decode() == attendu
