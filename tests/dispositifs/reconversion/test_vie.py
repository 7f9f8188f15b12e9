"""A period of reconversion that stops before its term (R6324-5)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import Rupture
from jalon.dispositifs.lecture import lire_contenu
from jalon.dispositifs.reconversion import RECONVERSION
from jalon.dispositifs.reconversion.rubriques import PeriodeDeReconversion
from jalon.dispositifs.reconversion.vie import VIE
from jalon.socle.montants import ZERO
from tests.dispositifs.apprentissage.contrats import contexte
from tests.dispositifs.reconversion.test_prise_en_charge import reponses


def periode(**couts: str) -> PeriodeDeReconversion:
    lu, anomalies = lire_contenu(RECONVERSION, reponses(**couts))
    assert isinstance(lu, PeriodeDeReconversion), anomalies
    return lu


CONTENU = periode(prix="1000", cpf="")
DEBUT, FIN, HEURES = CONTENU.periode.date_debut, CONTENU.periode.date_fin, CONTENU.formation.heures
AU_MILIEU = DEBUT + (FIN - DEBUT) // 2


def rupture(**changements: Any) -> Rupture:
    base = {"le": AU_MILIEU, "motif": "accord", "dates": {"decision": AU_MILIEU}, "heures_faites": HEURES / 4}
    return Rupture(**{**base, **changements})


@pytest.mark.parametrize(
    ("changements", "cases"),
    [
        ({}, set()),
        ({"motif": "essai"}, {"motif"} if CONTENU.periode.mode != "externe" else set()),
        ({"motif": ""}, {"motif"}),
        ({"dates": {}}, {"decision"}),
        ({"le": DEBUT - timedelta(days=1), "dates": {"decision": DEBUT - timedelta(days=1)}}, {"le"}),
        ({"le": FIN, "dates": {"decision": AU_MILIEU}}, {"le"}),
        ({"heures_faites": HEURES + 1}, {"heures_faites"}),
    ],
)
def test_ce_qu_une_interruption_demande(changements: dict[str, Any], cases: set[str]) -> None:
    assert set(VIE.refus_de_rupture(CONTENU, rupture(**changements), date(2030, 1, 1), False)) == cases


def test_les_heures_suivies_sont_payees_et_le_reste_au_prorata_des_jours() -> None:
    contenu = periode(prix="1000", cpf="", annexes_par_accord="oui", ecart_salaire="250", frais="80")
    accordes = {"formation": Decimal("1000.00"), "ecart_salaire": Decimal("200.00"), "frais": ZERO}
    effet = VIE.rompre([contenu], contexte(), rupture(), Decimal("300.00"), accordes)
    lignes = {x.poste: x.montant_ht for x in effet.estimation.lignes}
    jours = Decimal((AU_MILIEU - DEBUT).days + 1) / ((FIN - DEBUT).days + 1)
    assert lignes == {"formation": Decimal("250.00"), "ecart_salaire": (200 * jours).quantize(Decimal("0.01")), "frais": ZERO}
    assert effet.deja_verse + effet.reste - effet.trop_verse == effet.du
    entier = VIE.reprendre([contenu], contexte(), ZERO, accordes)
    assert entier.du == Decimal("1200.00")


def test_elle_n_a_ni_avenant_ni_suite() -> None:
    assert (VIE.avenants, VIE.suites, VIE.ouvertes("36"), VIE.reponses_de_la_suite("21", {})) == ((), (), frozenset(), {})
    assert VIE.refus_d_avenant("36", CONTENU, CONTENU)
    assert VIE.limite_du_maintien(CONTENU, rupture()) is None
    assert VIE.jours_pour_signaler == 30
