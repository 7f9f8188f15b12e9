"""Text for searching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.socle.texte import normaliser


@pytest.mark.parametrize(
    ("texte", "cherche"),
    [
        ("L’Été  à Nîmes", "l ete a nimes"),
        ("Œuvre & Cœur", "oeuvre coeur"),
        ("STRASSE, Straße", "strasse strasse"),
        ("Søren Łukasz", "soren lukasz"),
        ("ﬁn de contrat n° 12", "fin de contrat n 12"),
        ("", ""),
        ("…", ""),
        ("2611AF000123", "2611af000123"),
    ],
)
def test_la_recherche_ignore_accents_casse_et_ponctuation(texte: str, cherche: str) -> None:
    assert normaliser(texte) == cherche


@given(st.text())
def test_normaliser_deux_fois_ne_change_rien(texte: str) -> None:
    assert normaliser(normaliser(texte)) == normaliser(texte)
