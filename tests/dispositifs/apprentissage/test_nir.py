"""What a NIR tells: the sex and the month, never the day nor the century."""

import pytest

from jalon.dispositifs.alternance.nir import lire_le_nir


@pytest.mark.parametrize(
    ("nir", "sexe", "quand"),
    [
        ("206077401001234", "F", "juillet 2006"),
        ("106077401001234", "M", "juillet 2006"),
        ("114127401001234", "M", "décembre 2014"),
        ("115017401001234", "M", "janvier 1915"),
        ("299017401001234", "F", "janvier 1999"),
        ("706017401001234", "M", "janvier 2006"),
        ("806017401001234", "F", "janvier 2006"),
        ("206207401001234", "F", "2006"),
        ("206997401001234", "F", "2006"),
    ],
)
def test_le_nir_propose_le_sexe_et_le_mois(nir: str, sexe: str, quand: str) -> None:
    fiche = lire_le_nir(nir)
    assert fiche.sexe == sexe
    assert fiche.naissance == f"D’après le NIR\u00a0: né(e) en {quand}. Indiquez le jour, et vérifiez l’année."
