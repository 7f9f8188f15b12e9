"""One draft made several: even parts, sums that close to the cent."""

from decimal import Decimal

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import scinder, tailles_des_parts
from jalon.dispositifs.lecture.scission import partager
from jalon.dispositifs.types.formats import lire_montant
from tests.dispositifs.exemples import ZOE, reponses


@pytest.mark.parametrize(
    ("total", "limite", "attendues"),
    [
        (0, 30, [0]),
        (30, 30, [30]),
        (31, 30, [16, 15]),
        (61, 30, [21, 20, 20]),
        (90, 30, [30, 30, 30]),
        (3, 1, [1, 1, 1]),
    ],
)
def test_les_parts_sont_aussi_peu_nombreuses_et_egales_que_possible(total: int, limite: int, attendues: list[int]) -> None:
    assert tailles_des_parts(total, limite) == attendues


@pytest.mark.parametrize("total", [0, 1, 2, 100, 99_999, 7_000_001])
@pytest.mark.parametrize("limite", [1, 7, 30])
@pytest.mark.parametrize("nombre", [31, 61, 2000])
def test_la_somme_des_parts_est_le_total(total: int, limite: int, nombre: int) -> None:
    poids = tailles_des_parts(nombre, limite)
    parts = partager(total, poids)
    assert sum(parts) == total
    assert all(abs(part * nombre - total * p) < nombre for part, p in zip(parts, poids, strict=True))


def test_les_couts_communs_se_partagent_au_centime_et_les_salaries_dans_leur_ordre() -> None:
    lignes = [{**ZOE, "prenom": f"P{n}"} for n in range(7)]
    donnees = reponses(stagiaires=lignes, couts__cout_pedagogique="1 000,00", couts__frais_demandes="oui", couts__repas="10")
    parts = scinder(AF, donnees, 3)
    assert [[ligne["prenom"] for ligne in part["stagiaires"][LIGNES]] for part in parts] == [
        ["P0", "P1", "P2"], ["P3", "P4"], ["P5", "P6"],
    ]  # fmt: skip
    couts = [lire_montant(part["couts"]["cout_pedagogique"]) for part in parts]
    assert couts == [Decimal("428.57"), Decimal("285.72"), Decimal("285.71")]
    assert sum(int(part["couts"]["repas"]) for part in parts) == 10
    assert [part["action"] for part in parts] == [donnees["action"]["valeurs"]] * 3
    assert donnees["couts"]["valeurs"]["cout_pedagogique"] == "1 000,00"


def test_un_montant_illisible_ou_vide_reste_a_corriger_partout() -> None:
    parts = scinder(AF, reponses(couts__cout_pedagogique="mille"), 1)
    assert [part["couts"]["cout_pedagogique"] for part in parts] == ["mille", "mille"]
    assert [part["couts"]["repas"] for part in parts] == ["", ""]


def test_ce_qui_tient_dans_la_limite_ou_ne_se_scinde_pas_reste_entier() -> None:
    assert len(scinder(AF, reponses(), 2)) == 1
    assert len(scinder(APPRENTISSAGE, {}, 1)) == 1
