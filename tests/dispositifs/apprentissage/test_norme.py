"""Reading a contract of the inter-OPCO norm: what is taken, what is refused, and on which path."""

import json
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.dispositifs.apprentissage.norme import (
    PROPRIETE_ILLISIBLE,
    PROPRIETE_INCONNUE,
    EstimationImpossible,
    NormeIllisible,
    controler_norme,
    estimer_norme,
    lire_norme,
)
from jalon.dispositifs.apprentissage.norme.chemins import LIBRES, PERIODES, chemins
from tests.dispositifs.apprentissage.cas import REPRESENTANT, ne_le, periodes
from tests.dispositifs.apprentissage.contrats import ADRESSE, CONTRAT, MAITRE, anomalies, codes, contexte, contrat

FACULTATIVES = {
    "employeur.adresse.adresse2",
    "apprenti.adresse.adresse2",
    "organismeFormation.adresse.adresse2",
    "contrat.dureeTravailHebdoMinutes",
    "versionCERFA",
}


def feuilles(objet: dict[str, Any], ici: str = "") -> Iterator[str]:
    """Paths of the values of the complete contract, pay apart."""
    for nom, valeur in objet.items():
        chemin = f"{ici}.{nom}".lstrip(".")
        if isinstance(valeur, dict):
            yield from feuilles(valeur, chemin)
        elif chemin != PERIODES:
            yield chemin


CHEMINS = list(feuilles(CONTRAT["cerfa"]))


def change(chemin: str, valeur: Any) -> dict[str, Any]:
    return contrat(**{chemin.replace(".", "__"): valeur})


@pytest.mark.parametrize("chemin", [c for c in CHEMINS if c not in FACULTATIVES])
def test_une_propriete_qui_manque_est_dite_sur_son_chemin(chemin: str) -> None:
    trouvees = anomalies(change(chemin, None))
    assert [a.cases for a in trouvees if a.controle == "case-manquante"] == [(chemin,)]
    assert all(a.bloque for a in trouvees if a.cases == (chemin,))
    assert len(trouvees) <= 2


@pytest.mark.parametrize("chemin", sorted(FACULTATIVES))
def test_une_propriete_facultative_peut_manquer(chemin: str) -> None:
    assert anomalies(change(chemin, None)) == []
    assert chemin in LIBRES or anomalies(change(chemin, "")) == []


@pytest.mark.parametrize("valeur", [[], {"a": 1}, ["1"]])
@pytest.mark.parametrize("chemin", [*CHEMINS, "numeroInterne", "contrat.noContrat"])
def test_un_mauvais_type_est_une_anomalie_et_non_un_fichier_illisible(chemin: str, valeur: Any) -> None:
    trouvees = [a for a in anomalies(change(chemin, valeur)) if a.cases[0] == chemin]
    assert [(a.controle, a.bloque) for a in trouvees] == [(PROPRIETE_ILLISIBLE, True)]


@pytest.mark.parametrize("chemin", [c for c in CHEMINS if c in chemins() and chemins()[c][1].choix is not None])
@pytest.mark.parametrize("valeur", [98765, "98765", True, "?"])
def test_un_code_hors_de_sa_liste_bloque(chemin: str, valeur: Any) -> None:
    trouvees = [a for a in anomalies(change(chemin, valeur)) if a.cases == (chemin,)]
    assert [(a.controle, a.bloque) for a in trouvees] == [(PROPRIETE_ILLISIBLE, True)]


@pytest.mark.parametrize("chemin", [c for c in CHEMINS if c in chemins() and chemins()[c][1].genre == "oui_non"])
@pytest.mark.parametrize("valeur", ["oui", 1, "true"])
def test_un_booleen_est_un_booleen(chemin: str, valeur: Any) -> None:
    assert PROPRIETE_ILLISIBLE in codes(change(chemin, valeur))


@pytest.mark.parametrize(
    "chemin", ["inconnue", "apprenti.inconnue", "contrat.adresse", "employeur.adresse.pays", "maitre1.age", "apprenti.regime"]
)
@pytest.mark.parametrize("valeur", [1, None, "", {"a": 1}])
def test_une_propriete_inconnue_bloque_sur_son_chemin(chemin: str, valeur: Any) -> None:
    document = contrat()
    *parents, nom = chemin.split(".")
    objet = document["cerfa"]
    for parent in parents:
        objet = objet[parent]
    objet[nom] = valeur
    assert [(a.controle, a.cases, a.bloque) for a in anomalies(document)] == [(PROPRIETE_INCONNUE, (chemin,), True)]


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("contrat.modeContractuel", "1"),
        ("contrat.modeContractuel", "01"),
        ("apprenti.derniereClasse", 1),
        ("apprenti.diplome", "041"),
        ("apprenti.departementNaissance", 74),
        ("apprenti.departementNaissance", "074"),
        ("apprenti.dateNaissance", "2007-07-15T00:00:00+02:00"),
        ("apprenti.dateNaissance", "2007-07-14T22:00:00Z"),
        ("apprenti.dateNaissance", "2007-07-14T22:00:00.000+00:00"),
        ("apprenti.dateNaissance", "2007-07-15T00:00:00"),
        ("apprenti.dateNaissance", "2007-07-15T00:00:00+04:00"),
        ("apprenti.nir", "207077401000186"),
        ("apprenti.nir", 2070774010001),
        ("apprenti.nir", "2 07 07 74 010 001"),
        ("contrat.salaireEmbauche", "802.82"),
        ("contrat.salaireEmbauche", "802,82"),
        ("contrat.salaireEmbauche", Decimal("802.82")),
        ("contrat.salaireEmbauche", 803),
        ("contrat.dureeTravailHebdoHeures", "35"),
        ("contrat.dureeTravailHebdoHeures", 35.0),
        ("employeur.siret", 13002526500013),
        ("employeur.codeIdcc", 1979),
        ("employeur.naf", "55.10Z"),
        ("employeur.telephone", 450000000),
        ("employeur.telephone", "+33 4 50 00 00 00"),
        ("formation.rncp", "RNCP37889"),
        ("formation.rncp", 37889),
        ("formation.codeDiplome", 32033422),
        ("numeroInterne", 12),
        ("numeroDeca", "074202609000001"),
        ("etat", "TRANSMIS"),
        ("CERFASignatureProbante", True),
        ("CERFAsignatureProbante", False),
        ("employeur.nom", "Roche"),
        ("maitre1.nir", "1850474010001"),
        ("organismeFormation.visaCfa", True),
        ("contrat.dateRupture", "2027-01-01"),
    ],
)
def test_les_ecritures_admises(chemin: str, valeur: Any) -> None:
    assert anomalies(change(chemin, valeur)) == []


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("apprenti.dateNaissance", "15/07/2007"),
        ("apprenti.dateNaissance", "2007-02-30"),
        ("apprenti.dateNaissance", "2007-13-01T00:00:00Z"),
        ("contrat.salaireEmbauche", "beaucoup"),
        ("contrat.salaireEmbauche", float("nan")),
        ("contrat.salaireEmbauche", True),
        ("contrat.dureeTravailHebdoHeures", 35.5),
        ("contrat.dureeTravailHebdoHeures", -1),
        ("employeur.denomination", 12),
        ("versionCERFA", "10103*12"),
        ("employeur.nom", 12),
        ("organismeFormation.visaCfa", "oui"),
        ("numeroInterne", True),
    ],
)
def test_les_ecritures_refusees(chemin: str, valeur: Any) -> None:
    assert [(a.controle, a.cases) for a in anomalies(change(chemin, valeur))] == [(PROPRIETE_ILLISIBLE, (chemin,))]


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("employeur.siret", "12345678901234"),
        ("employeur.siret", "1300252650001"),
        ("apprenti.nir", "207077401000187"),
        ("organismeFormation.uaiCfa", "0123456A"),
        ("employeur.naf", "5510"),
        ("employeur.adresse.codePostal", "7400"),
        ("apprenti.departementNaissance", "96"),
        ("apprenti.departementNaissance", "20"),
        ("formation.codeDiplome", "3203342"),
        ("formation.rncp", "RS5080"),
        ("contrat.dureeTravailHebdoHeures", 169),
        ("contrat.dureeTravailHebdoMinutes", 60),
        ("formation.dureeFormation", 10000),
        ("apprenti.nom", "R2D2"),
        ("apprenti.courriel", "zoe"),
        ("contrat.salaireEmbauche", -5),
    ],
)
def test_une_valeur_mal_formee_bloque_sur_son_chemin(chemin: str, valeur: Any) -> None:
    trouvees = [a for a in anomalies(change(chemin, valeur)) if a.cases == (chemin,)]
    assert [(a.controle, a.bloque) for a in trouvees] == [("case-illisible", True)]


def test_les_deux_versions_d_une_adresse() -> None:
    v2 = {"numero": "12 bis", "voie": "rue des Alpes", "complement": "Bâtiment B", "codePostal": "74000", "commune": "Annecy"}
    assert anomalies(contrat(apprenti__adresse=v2, organismeFormation__adresse=v2)) == []
    document = contrat()
    employeur = document["cerfa"].pop("employeur")
    document["cerfa"]["employeurV2"] = {**employeur, "adresse": v2}
    assert anomalies(document) == []
    document["cerfa"]["employeurV2"]["adresse"] = {**v2, "voie": ""}
    (manque,) = anomalies(document)
    assert manque.cases == ("employeur.adresse.adresse1",)
    document["cerfa"]["employeurV2"]["siret"] = "1"
    assert ("employeurV2.siret",) in {a.cases for a in anomalies(document)}


def test_le_lieu_principal_est_demande_quand_il_differe() -> None:
    document = contrat(organismeFormation__lieuFormationIdentique=False)
    lieu = "organismeFormationLieuFormationPrincipal"
    attendus = {f"{lieu}.{nom}" for nom in ("denomination", "siret", "adresse.adresse1", "adresse.codePostal", "adresse.commune")}
    assert {a.cases[0] for a in anomalies(document)} == attendus
    document["cerfa"][lieu] = {"denomination": "Lycée", "siret": "41816609600069", "adresse": ADRESSE}
    assert anomalies(document) == []


def test_un_second_maitre_est_entier_ou_absent() -> None:
    assert anomalies(contrat(maitre2={**MAITRE, "prenom": "Luc"})) == []
    assert anomalies(contrat(maitre2={"nom": "", "prenom": None})) == []
    manques = {a.cases[0] for a in anomalies(contrat(maitre2={"nom": "Morel"}))}
    assert manques == {f"maitre2.{nom}" for nom in MAITRE if nom != "nom"}


def test_les_questions_qui_dependent_d_une_autre() -> None:
    sans = {"apprenti__droitsRqthExtensionBOE": None, "apprenti__droitsRqthEquivalenceJeune": None}
    assert len(anomalies(contrat(**sans))) == 2
    assert anomalies(contrat(**sans, apprenti__handicap=True)) == []
    suite = {"contrat__typeContratApp": 21, "apprenti__derniereClasse": 11}
    assert [a.cases for a in anomalies(contrat(**suite))] == [("contrat.numeroContratPrecedent",)]
    manques = {a.cases[0] for a in anomalies(contrat(contrat__typeContratApp=38)) if a.controle == "case-manquante"}
    assert manques == {"contrat.numeroContratPrecedent", "contrat.dateEffetAvenant"}
    assert "employeur.regimeSpecifique" in {a.cases[0] for a in anomalies(contrat(employeur__typeEmployeur=22))}


@pytest.mark.parametrize(
    ("valeur", "chemin", "code"),
    [
        (None, PERIODES, "case-manquante"),
        ([], PERIODES, "case-manquante"),
        ({}, PERIODES, PROPRIETE_ILLISIBLE),
        ([12], f"{PERIODES}[0]", PROPRIETE_ILLISIBLE),
        ([{"ordre": "1.1", "prime": 3}], f"{PERIODES}[0].prime", PROPRIETE_INCONNUE),
        ([{"ordre": "9.9"}], f"{PERIODES}[0].ordre", PROPRIETE_ILLISIBLE),
        ([{"taux": "x"}], f"{PERIODES}[0].taux", PROPRIETE_ILLISIBLE),
        (periodes(("1.1", "2026-09-01", "2028-08-31", 0)), f"{PERIODES}[0].taux", "case-illisible"),
    ],
)
def test_les_periodes(valeur: Any, chemin: str, code: str) -> None:
    assert (code, (chemin,)) in {(a.controle, a.cases) for a in anomalies(contrat(contrat__remunerationsAnnuelles=valeur))}


@pytest.mark.parametrize("document", [None, 12, [], "x", {}, {"cerfa": None}, {"cerfa": []}, {"contrat": {}}])
def test_ce_qui_n_est_pas_un_contrat_ne_se_lit_pas(document: Any) -> None:
    with pytest.raises(NormeIllisible, match="cerfa"):
        controler_norme(document, contexte())


def test_une_propriete_a_cote_du_contrat() -> None:
    assert anomalies({**CONTRAT, "numeroInterne": "A1"}) == []
    assert [a.cases for a in anomalies({**CONTRAT, "facture": {}})] == [("facture",)]


def test_le_nir_est_lu_sans_paraitre_dans_une_phrase() -> None:
    for document in (
        contrat(apprenti__nir="207077401000187"),
        contrat(apprenti__sexe="M"),
        contrat(apprenti__nir=[2070774010001]),
    ):
        assert not any("2070774" in a.message for a in anomalies(document))


valeurs_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-09-01", "11", "74000"]),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from(["nom", "siret", "adresse", "taux", "x"]), v, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    chemin=st.sampled_from([*CHEMINS, "contrat", "apprenti", "maitre2", PERIODES, "apprenti.responsableLegal"]),
    valeur=valeurs_json,
)
def test_rien_de_ce_qui_est_ecrit_ne_fait_tomber_la_lecture(chemin: str, valeur: Any) -> None:
    document = change(chemin, valeur)
    trouvees = anomalies(document)
    json.dumps([(a.controle, a.cases, a.message, a.source) for a in trouvees])
    assert all(a.cases and a.message for a in trouvees)
    with suppress(EstimationImpossible):
        assert estimer_norme(document, contexte()).total >= 0


def test_l_estimation_dit_ce_qui_lui_manque() -> None:
    for chemin in ("contrat.dateDebutContrat", "contrat.dateFinContrat", "contrat.dateConclusion", "formation.typeDiplome"):
        with pytest.raises(EstimationImpossible, match=f"Indiquez {chemin}"):
            estimer_norme(change(chemin, None), contexte())
    with pytest.raises(EstimationImpossible, match="typeDiplome"):
        estimer_norme(change("formation.typeDiplome", 25), contexte())
    with pytest.raises(EstimationImpossible, match="dates"):
        estimer_norme(change("contrat.dateFinContrat", "2026-08-01"), contexte())


def test_l_estimation_lit_le_contrat() -> None:
    seule = estimer_norme(CONTRAT, contexte(), Decimal(8000))
    assert (seule.npec, seule.minoration, seule.majoration, seule.participation_employeur) == (8000, 0, 0, 0)
    assert seule.total == 16000
    loin = estimer_norme(change("formation.nombreHeuresEnDistanciel", 1080), contexte(), Decimal(8000))
    assert loin.minoration == 1600
    aide = estimer_norme(change("apprenti.handicap", True), contexte(), Decimal(8000))
    assert (aide.majoration, aide.total) == (4000, 24000)
    licence = estimer_norme(change("formation.typeDiplome", 63), contexte(), Decimal(8000))
    assert licence.participation_employeur == 750
    suite = estimer_norme(contrat(formation__typeDiplome=63, contrat__typeContratApp=23), contexte(), Decimal(8000))
    assert suite.participation_employeur == 200
    assert estimer_norme(CONTRAT, contexte()).npec == 6000


def test_un_mineur_et_son_representant_se_lisent() -> None:
    lecture = lire_norme(contrat(**ne_le("2009-07-15"), apprenti__responsableLegal=REPRESENTANT))
    assert lecture.contenu.apprenti.mineur is True
    assert lecture.contenu.representant.nom == "Exemple"
