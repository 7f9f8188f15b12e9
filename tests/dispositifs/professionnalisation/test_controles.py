"""Each control passes, fails, and stops at the right value."""

from typing import Any

import pytest

from jalon.dispositifs.base.controles import CASE_MANQUANTE, REFERENTIEL_ABSENT
from jalon.dispositifs.professionnalisation.controles import CONTROLES
from tests.dispositifs.professionnalisation.cas import CAS
from tests.dispositifs.professionnalisation.contrats import REPONSES, anomalies, reponses

CAS_A_PLAT = [
    pytest.param(identifiant, *cas, id=f"{identifiant}-{rang}")
    for identifiant, liste in CAS.items()
    for rang, cas in enumerate(liste)
]


def test_un_contrat_complet_n_a_aucune_anomalie() -> None:
    assert anomalies(reponses()) == []


@pytest.mark.parametrize(("identifiant", "attendu", "changements", "plus"), CAS_A_PLAT)
def test_un_controle(identifiant: str, attendu: bool, changements: dict[str, str], plus: dict[str, Any]) -> None:
    trouvees = anomalies(reponses(**changements), **plus)
    assert not {a.controle for a in trouvees} & {CASE_MANQUANTE, "case-illisible"}
    assert (identifiant in {a.controle for a in trouvees}) is attendu


def test_chaque_controle_a_un_cas_de_chaque_cote() -> None:
    assert set(CAS) == {c.identifiant for c in CONTROLES}
    for identifiant, cas in CAS.items():
        assert {attendu for attendu, _, _ in cas} == {True, False}, identifiant


@pytest.mark.parametrize(("section", "champ"), [(s, c) for s, valeurs in REPONSES.items() for c in valeurs])
def test_une_case_vide_est_dite(section: str, champ: str) -> None:
    manques = [a for a in anomalies(reponses(**{f"{section}__{champ}": ""})) if a.controle == CASE_MANQUANTE]
    assert [a.cases for a in manques if a.cases == (f"{section}.{champ}",)] == [(f"{section}.{champ}",)]


def test_les_cases_qui_dependent_d_une_autre() -> None:
    def manquent(**changements: str) -> set[str]:
        return {a.cases[0] for a in anomalies(reponses(**changements)) if a.controle == CASE_MANQUANTE}

    assert manquent(employeur__particulier="oui") == {"employeur.urssaf"}
    assert manquent(salarie__inscrit="oui") == {"salarie.numero_inscription", "salarie.mois_inscription"}
    utilisateur = {f"utilisateur.{champ}" for champ in ("nom", "prenom", "emploi", "date_naissance")}
    assert manquent(employeur__specifique="2") == utilisateur
    assert manquent(contrat__type_contrat="22") == {"contrat.numero_precedent"}
    assert manquent(contrat__type_contrat="30") == {"contrat.numero_precedent", "contrat.date_effet"}


@pytest.mark.parametrize("table", ["etablissement", "idcc", "certification", "alternance"])
def test_une_table_absente_avertit_et_ne_bloque_rien(table: str) -> None:
    trouvees = anomalies(reponses(), **{table: None})
    assert {a.controle for a in trouvees} == {REFERENTIEL_ABSENT}
    assert not any(a.bloque for a in trouvees)
