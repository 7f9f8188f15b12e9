"""Avenants 31 to 38: what each opens, what it limits."""

from datetime import date
from typing import Any

import pytest

from jalon.dispositifs.apprentissage.listes import AVENANTS as CODES
from jalon.dispositifs.apprentissage.vie.avenants import AVENANTS, COMMUNES, FORMULAIRE, ouvertes, refus_d_avenant
from tests.dispositifs.apprentissage.demandes import demande

EFFET = date(2027, 3, 1)
DEMANDE = demande()
PERIODES = [
    {"ordre": "1.1", "date_debut": "2026-09-01", "date_fin": "2027-08-31", "taux": "43", "base": "SMIC"},
    {"ordre": "2.1", "date_debut": "2027-09-01", "date_fin": "2028-07-31", "taux": "51", "base": "SMIC"},
    {"ordre": "2.2", "date_debut": "2028-08-01", "date_fin": "2028-08-31", "taux": "61", "base": "SMIC"},
]


def avec(taux: str, fin: str) -> list[dict[str, str]]:
    """The periods of the contract, then one more."""
    return [*PERIODES, {"ordre": "3.1", "date_debut": "2028-09-01", "date_fin": fin, "taux": taux, "base": "SMIC"}]


def avenant(code: str, *, effet: date | None = EFFET, avant: dict[str, Any] | None = None, **changements: Any) -> dict[str, str]:
    propres = {"contrat__type_contrat": code, "contrat__date_effet": effet, "contrat__date_conclusion": EFFET,
               "contrat__numero_precedent": "074202609000001"}  # fmt: skip
    return refus_d_avenant(code, demande(**(avant or {})), demande(**{**(avant or {}), **propres, **changements}))


def test_les_huit_codes_de_la_liste_sont_declares() -> None:
    assert tuple(a.code for a in AVENANTS) == CODES


def test_les_cases_ouvertes_existent() -> None:
    connues = {s.code for s in FORMULAIRE.sections} | {f"{s.code}.{c.nom}" for s in FORMULAIRE.sections for c in s.cases}
    for code in CODES:
        assert ouvertes(code) <= connues, code
        assert ouvertes(code) >= COMMUNES
    assert ouvertes("99") == frozenset()


FERMEES = [
    "apprenti.nom", "apprenti.prenom", "apprenti.nir", "apprenti.date_naissance", "apprenti.sexe", "contrat.date_debut",
    "contrat.date_pratique", "entete.mode", "cfa.siret", "cfa.denomination", "employeur.specifique", "employeur.secteur",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_l_identite_le_debut_et_le_cfa_ne_changent_jamais(code: str) -> None:
    for chemin in FERMEES:
        assert chemin not in ouvertes(code)
        assert chemin.partition(".")[0] not in ouvertes(code)
    assert list(avenant(code, apprenti__prenom="Zelda")) == ["apprenti.prenom"]


PERMIS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("31", {"employeur__denomination": "Hôtel du Lac SAS", "employeur__siret": "12345678200010"}, {}),
    ("32", {"employeur__siret": "12345678200010", "maitre1__nom": "Autre"}, {"employeur__specifique": "3"}),
    ("33", {"contrat__date_fin": date(2029, 8, 31), "remunerations": avec("61", "2029-08-31")}, {}),
    ("34", {"contrat__date_fin": date(2029, 8, 31), "remunerations": avec("76", "2029-08-31"), "apprenti__rqth": True}, {}),
    ("35", {"formation__rncp": "RNCP99999", "formation__diplome": "54"}, {}),
    ("36", {"contrat__heures": 30, "maitre1__nom": "Autre"}, {}),
    ("37", {"employeur__siret": "13002526500021", "employeur__commune": "Lyon"}, {}),
    ("38", {"cfa__lieu_identique": False, "lieu__denomination": "Annexe", "lieu__siret": "41816609600077", "lieu__voie": "1 rue",
            "lieu__code_postal": "74000", "lieu__commune": "Annecy"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changements", "avant"), PERMIS, ids=[cas[0] for cas in PERMIS])
def test_ce_que_chaque_code_permet(code: str, changements: dict[str, Any], avant: dict[str, Any]) -> None:
    assert avenant(code, avant=avant, **changements) == {}


@pytest.mark.parametrize(("code", "changements", "avant"), PERMIS, ids=[cas[0] for cas in PERMIS])
def test_le_changement_d_un_code_est_refuse_par_un_autre(code: str, changements: dict[str, Any], avant: dict[str, Any]) -> None:
    autre = "38" if code != "38" else "33"
    trouves = avenant(autre, avant=avant, **changements)
    assert set(trouves) <= {c.replace("__", ".") for c in changements}
    assert any(f"choisissez le code {code}" in p or f"{code} (" in p for p in trouves.values())


def test_une_case_qu_aucun_avenant_ouvre_le_dit() -> None:
    assert "ni par aucun autre avenant" in avenant("36", contrat__date_debut=date(2026, 8, 25))["contrat.date_debut"]


def test_un_avenant_qui_ne_change_rien_est_refuse() -> None:
    assert list(avenant("36")) == ["contrat.type_contrat"]
    assert list(refus_d_avenant("99", DEMANDE, DEMANDE)) == ["contrat.type_contrat"]


@pytest.mark.parametrize(
    ("code", "effet", "admis"),
    [
        ("36", date(2026, 8, 31), False),
        ("36", date(2026, 9, 1), True),
        ("36", date(2028, 8, 31), True),
        ("36", date(2028, 9, 1), False),
        ("36", None, False),
        ("33", date(2028, 9, 1), True),  # a prolongation may begin the day after
        ("33", date(2028, 9, 2), False),
    ],
)
def test_la_date_d_effet_est_dans_le_contrat(code: str, effet: date | None, admis: bool) -> None:
    prolongation = {"contrat__date_fin": date(2029, 8, 31), "remunerations": avec("61", "2029-08-31")}
    trouves = avenant(code, effet=effet, **(prolongation if code == "33" else {"contrat__heures": 30}))
    assert ("contrat.date_effet" in trouves) is not admis


@pytest.mark.parametrize(
    ("fin", "taux", "case"),
    [
        (date(2028, 8, 31), "61", "contrat.date_fin"),
        (date(2028, 9, 1), "61", None),
        (date(2029, 8, 31), "61", None),  # a year to the day
        (date(2029, 9, 1), "61", "contrat.date_fin"),
        (date(2029, 8, 31), "60.99", "remunerations.3.taux"),
        (date(2029, 8, 31), "62", None),
    ],
)
def test_la_prolongation_apres_un_echec(fin: date, taux: str, case: str | None) -> None:
    trouves = avenant("33", contrat__date_fin=fin, remunerations=avec(taux, fin.isoformat()), formation__duree=1400)
    assert list(trouves) == ([case] if case else [])


@pytest.mark.parametrize(
    ("avant", "fin", "rqth", "case"),
    [
        ({}, date(2029, 8, 31), True, None),
        ({}, date(2029, 8, 31), False, "apprenti.rqth"),
        ({"contrat__date_fin": date(2029, 12, 31)}, date(2030, 8, 31), True, None),  # 48 months in all
        ({"contrat__date_fin": date(2029, 12, 31)}, date(2030, 9, 1), True, "contrat.date_fin"),
    ],
)
def test_la_prolongation_d_un_travailleur_handicape(avant: dict[str, Any], fin: date, rqth: bool, case: str | None) -> None:
    trouves = avenant("34", avant=avant, contrat__date_fin=fin, remunerations=avec("76", fin.isoformat()), apprenti__rqth=rqth)
    assert list(trouves) == ([case] if case else [])


def test_le_lieu_d_execution_reste_dans_l_entreprise() -> None:
    assert list(avenant("37", employeur__siret="12345678200010")) == ["employeur.siret"]


def test_le_code_32_ne_concerne_que_les_saisonniers() -> None:
    assert list(avenant("32", maitre1__nom="Autre")) == ["contrat.type_contrat"]


@pytest.mark.parametrize(
    ("fin", "derogation", "admis"),
    [
        (date(2028, 7, 31), "21", True),
        (date(2028, 7, 31), "22", False),
        (date(2028, 7, 31), None, False),
        (date(2028, 10, 31), "22", True),
        (date(2028, 10, 31), "50", True),
        (date(2028, 10, 31), None, False),
    ],
)
def test_changer_la_duree_demande_la_derogation(fin: date, derogation: str | None, admis: bool) -> None:
    trouves = avenant("36", contrat__date_fin=fin, contrat__derogation=derogation)
    assert ("contrat.derogation" in trouves) is not admis
