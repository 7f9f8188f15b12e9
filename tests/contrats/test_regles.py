"""Whether a contract may pass to another company."""

from datetime import date
from typing import Any

import pytest

from jalon.contrats.regles import NouvelEmployeur, refus_du_jour, refus_du_nouvel_employeur

JOUR = date(2027, 3, 15)
BON: dict[str, Any] = {
    "siret": "12345678200010", "connu": True, "actif": True, "adherent_depuis": JOUR, "etablissement_ouvert": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changements", "mot"),
    [
        ({}, ""),
        ({"connu": False}, "n’est pas au registre"),
        ({"actif": False}, "fermé"),
        ({"etablissement_ouvert": False}, "fermé"),
        ({"adherent_depuis": None}, "n’adhère pas"),
        ({"adherent_depuis": date(2027, 3, 16)}, "n’adhère pas"),
        ({"suspendu": True}, "coupé les accès"),
    ],
)
def test_l_accord_ne_passe_qu_a_un_adherent_connu_et_ouvert(changements: dict[str, Any], mot: str) -> None:
    refus = refus_du_nouvel_employeur(NouvelEmployeur(**{**BON, **changements}), JOUR)
    assert mot in refus
    assert bool(refus) == bool(mot)


def test_les_droits_ne_changent_pas_avant_le_jour_d_effet() -> None:
    assert refus_du_jour(JOUR, JOUR) == ""
    assert "16/03/2027" in refus_du_jour(date(2027, 3, 16), JOUR)
