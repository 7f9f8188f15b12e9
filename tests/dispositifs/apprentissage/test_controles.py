"""Each control passes, fails, and stops at the right value."""

from typing import Any

import pytest

from jalon.dispositifs.apprentissage.controles import CONTROLES
from jalon.dispositifs.base import ReferentielAbsent
from jalon.dispositifs.base.controles import REFERENTIEL_ABSENT
from tests.dispositifs.apprentissage.cas import CAS, REPRESENTANT, ne_le
from tests.dispositifs.apprentissage.contrats import CONTRAT, anomalies, codes, contrat

DEDUITS = {"employeur-secteur", "apprenti-mineur", "apprenti-representant"}
"""They compare a box that the norm does not carry: judged on the form, below."""
CAS_A_PLAT = [
    pytest.param(identifiant, *cas, id=f"{identifiant}-{rang}")
    for identifiant, liste in CAS.items()
    for rang, cas in enumerate(liste)
]


def test_un_contrat_complet_n_a_aucune_anomalie() -> None:
    assert anomalies(CONTRAT) == []


@pytest.mark.parametrize(("identifiant", "attendu", "changements", "plus"), CAS_A_PLAT)
def test_un_controle(identifiant: str, attendu: bool, changements: dict[str, Any], plus: dict[str, Any]) -> None:
    assert (identifiant in codes(contrat(**changements), **plus)) is attendu


def test_chaque_controle_a_un_cas_de_chaque_cote() -> None:
    for controle in CONTROLES:
        if controle.identifiant not in DEDUITS:
            assert {attendu for attendu, _, _ in CAS[controle.identifiant]} == {True, False}, controle.identifiant
    assert set(CAS) == {c.identifiant for c in CONTROLES} - DEDUITS


@pytest.mark.parametrize(
    ("table", "identifiants"),
    [
        ("etablissement", {"employeur-au-registre", "cfa-au-registre"}),
        ("certification", {"formation-rncp-actif"}),
        ("organisme", {"cfa-certifie"}),
        ("uai", {"cfa-annuaire"}),
        ("idcc", {"employeur-idcc"}),
        ("apprentis_du_maitre", {"maitre-nombre-apprentis"}),
        ("alternance", {"remuneration-taux", "remuneration-salaire", "formation-distance-minoree"}),
    ],
)
def test_une_table_absente_avertit_une_fois_par_regle_et_ne_bloque_rien(table: str, identifiants: set[str]) -> None:
    trouvees = anomalies(CONTRAT, **{table: None})
    assert {a.controle for a in trouvees} == {REFERENTIEL_ABSENT}
    assert not any(a.bloque for a in trouvees)
    cases = {tuple(a.cases) for a in trouvees}
    assert len(trouvees) == len(identifiants) == len(cases)


def test_un_mineur_a_son_representant() -> None:
    mineur = ne_le("2009-07-15")
    manques = {case for a in anomalies(contrat(**mineur)) for case in a.cases if a.controle == "case-manquante"}
    assert manques == {
        f"apprenti.responsableLegal.{nom}"
        for nom in ("nom", "prenom", "courriel", "adresse.adresse1", "adresse.codePostal", "adresse.commune")
    }
    assert "case-manquante" not in codes(contrat(**mineur, apprenti__responsableLegal=REPRESENTANT))
    assert codes(contrat(apprenti__responsableLegal=REPRESENTANT)) == set()


def test_le_referentiel_absent_porte_son_nom() -> None:
    assert ReferentielAbsent("la liste").nom == "la liste"
