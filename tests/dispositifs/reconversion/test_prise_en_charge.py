"""The money of a period of reconversion on the portal, and of Pro-A, which is only read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import Estimation
from jalon.dispositifs.lecture import accorder, estimer, lire_contenu
from jalon.dispositifs.pro_a import PRO_A
from jalon.dispositifs.reconversion import RECONVERSION
from tests.dispositifs.apprentissage.contrats import contexte
from tests.dispositifs.reconversion.test_controles import REPONSES


def reponses(**couts: str) -> dict[str, dict[str, Any]]:
    return {
        section: {"version": 0, "valeurs": {**valeurs, **(couts if section == "couts" else {})}}
        for section, valeurs in REPONSES.items()
    }


def montants(estimee: Estimation) -> dict[str, tuple[str, str]]:
    return {x.poste: (f"{x.montant_demande:f}", f"{x.montant_ht:f}") for x in estimee.lignes}


@pytest.mark.parametrize(
    ("couts", "attendus"),
    [
        ({"prix": "1000", "cpf": ""}, {"formation": ("1000.00", "1000.00")}),
        ({"prix": "1000", "cpf": "400"}, {"formation": ("600.00", "600.00")}),
    ],
)
def test_le_prix_moins_le_cpf_dans_la_limite_du_forfait(couts: dict[str, str], attendus: dict[str, tuple[str, str]]) -> None:
    assert montants(estimer(RECONVERSION, reponses(**couts), contexte())) == attendus


def test_l_ecart_de_salaire_est_montre_et_decide_par_le_conseiller() -> None:
    donnees = reponses(prix="1000", cpf="", annexes_par_accord="oui", ecart_salaire="250", frais="80")
    assert montants(estimer(RECONVERSION, donnees, contexte())) == {
        "formation": ("1000.00", "1000.00"),
        "ecart_salaire": ("250.00", "0.00"),
        "frais": ("80.00", "0.00"),
    }
    lu, anomalies = lire_contenu(RECONVERSION, donnees)
    assert lu is not None, anomalies
    accordes = {"formation": Decimal("1000.00"), "ecart_salaire": Decimal("200.00"), "frais": Decimal("0.00")}
    assert f"{accorder(RECONVERSION, lu, contexte(), accordes).total_ht:f}" == "1200.00"


def test_la_demande_s_envoie_avant_le_premier_jour() -> None:
    assert RECONVERSION.limite_de_depot(date(2026, 11, 2), 30, "") == date(2026, 11, 1)


def test_la_pro_a_ne_se_demande_plus_et_ne_s_accorde_plus() -> None:
    assert PRO_A.fermeture(date(2025, 12, 31)) == ""
    assert "depuis le 01/01/2026" in PRO_A.fermeture(date(2026, 1, 1))
    estimee = estimer(PRO_A, {}, contexte())
    assert estimee.lignes == ()
    assert "se lit seulement" in estimee.avertissements[0]
