"""Which clients of a cabinet a few words find."""

import pytest

from jalon.web.espace.clients import correspond

NOM, SIREN = "AUBERGE DU COL 33", "732829320"


@pytest.mark.parametrize(
    ("cherche", "trouve"),
    [
        ("", True),
        ("  ", True),
        ("col auberge", True),
        ("Aubérge", True),
        ("33", True),
        ("732 829", True),
        ("732829320", True),
        ("829320", False),
        ("col 34", False),
        ("col 732", False),
    ],
)
def test_un_client_se_trouve_par_les_mots_de_son_nom_ou_le_debut_de_son_siren(cherche: str, trouve: bool) -> None:
    assert correspond(cherche, NOM, SIREN) is trouve
