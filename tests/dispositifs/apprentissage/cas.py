"""For each control: what passes, what fails, and the last value on each side of its limit."""

from datetime import date
from typing import Any

from jalon.dispositifs.base import FicheCertification, FicheEtablissement, FicheIdcc, FicheOrganisme
from tests.dispositifs.apprentissage.contrats import ADRESSE, CONTRAT, MAITRE
from tests.dispositifs.exemples import APRES_UNE_PANNE

Changements = dict[str, Any]
PERIODES = CONTRAT["cerfa"]["contrat"]["remunerationsAnnuelles"]
REPRESENTANT = {"nom": "Exemple", "prenom": "Paul", "courriel": "paul@exemple.fr", "adresse": ADRESSE}


def periodes(*lignes: tuple[str, str, str, float, str] | tuple[str, str, str, float]) -> list[dict[str, Any]]:
    """Rows (ordre, first day, last day, rate[, base])."""
    return [
        {"ordre": ligne[0], "dateDebut": ligne[1], "dateFin": ligne[2], "taux": ligne[3], "typeSalaire": (*ligne, "SMIC")[4]}
        for ligne in lignes
    ]


def ne_le(jour: str, **plus: Any) -> Changements:
    """Another day of birth, with a NIR that agrees."""
    annee, mois, _ = jour.split("-")
    return {"apprenti__dateNaissance": jour, "apprenti__nir": f"2{annee[2:]}{mois}74010001", **plus}


def du_au(debut: str, fin: str, **plus: Any) -> Changements:
    """Other dates of contract, paid enough for anyone, taught enough."""
    return {
        "contrat__dateDebutContrat": debut,
        "contrat__dateConclusion": debut,
        "contrat__dateFormationPratiqueEmployeur": debut,
        "contrat__dateFinContrat": fin,
        "contrat__remunerationsAnnuelles": periodes(("1.1", debut, fin, 100)),
        "contrat__salaireEmbauche": 5000,
        "formation__dateDebutFormation": debut,
        "formation__dateFinFormation": fin,
        "formation__dureeFormation": 3000,
        **plus,
    }


AVENANT = {"contrat__numeroContratPrecedent": "074202609000001", "contrat__dateEffetAvenant": "2027-03-01"}
SUITE = {"contrat__numeroContratPrecedent": "074202409000001", "apprenti__derniereClasse": "11"}

PASSE, ECHOUE = False, True
CAS: dict[str, list[tuple[bool, Changements, Changements]]] = {
    "employeur-du-compte": [
        (PASSE, {}, {"sirens": frozenset({"130025265"})}),
        (ECHOUE, {}, {"sirens": frozenset({"418166096"})}),
        (PASSE, {}, {"sirens": None}),
    ],
    "employeur-au-registre": [
        (PASSE, {}, {}),
        (
            ECHOUE,
            {},
            {
                "etablissement": lambda siret: (
                    None if siret.startswith("130") else FicheEtablissement(siret=siret, denomination="")
                )
            },
        ),
        (
            ECHOUE,
            {},
            {"etablissement": lambda siret: FicheEtablissement(siret=siret, denomination="", ouvert=siret.startswith("418"))},
        ),
    ],
    "employeur-public": [
        (ECHOUE, {"employeur__typeEmployeur": 22, "employeur__regimeSpecifique": True}, {}),
        (PASSE, {"employeur__typeEmployeur": 30, "employeur__regimeSpecifique": False}, {}),
        (PASSE, {"employeur__typeEmployeur": 16}, {}),
    ],
    "employeur-idcc": [
        (ECHOUE, {"employeur__codeIdcc": "0001"}, {}),
        (ECHOUE, {}, {"idcc": lambda code: FicheIdcc(code=code, libelle="", opco="AFDAS"), "opco": "AKTO"}),
        (PASSE, {"employeur__codeIdcc": "9998"}, {}),
        (PASSE, {}, {"idcc": lambda code: FicheIdcc(code=code, libelle="", opco="Akto"), "opco": "AKTO"}),
    ],
    "employeur-travail-temporaire": [
        (ECHOUE, {"contrat__modeContractuel": 3}, {}),
        (PASSE, {"contrat__modeContractuel": 3, "employeur__employeurSpecifique": 1}, {}),
    ],
    "employeur-saisonnier": [
        (ECHOUE, {"contrat__modeContractuel": 4}, {}),
        (PASSE, {"contrat__modeContractuel": 4, "employeur__employeurSpecifique": 3}, {}),
    ],
    "employeur-ascendant": [
        (ECHOUE, {"employeur__employeurSpecifique": 4}, {}),
        (PASSE, {"employeur__employeurSpecifique": 2}, {}),
    ],
    "attestation-maitre": [(ECHOUE, {"employeur__attestationEligibilite": False}, {}), (PASSE, {}, {})],
    "attestation-pieces": [(ECHOUE, {"employeur__attestationPieces": False}, {}), (PASSE, {}, {})],
    "apprenti-age-minimum": [
        (PASSE, ne_le("2010-09-01"), {}),
        (PASSE, ne_le("2010-09-02", apprenti__derniereClasse=40), {}),
        (ECHOUE, ne_le("2010-09-02", apprenti__derniereClasse=41), {}),
        (PASSE, ne_le("2011-09-01", apprenti__derniereClasse=40), {}),
        (ECHOUE, ne_le("2011-09-02", apprenti__derniereClasse=40), {}),
    ],
    "apprenti-age-maximum": [
        (PASSE, ne_le("1996-09-02"), {}),
        (ECHOUE, ne_le("1996-09-01"), {}),
        (PASSE, ne_le("1996-09-01", apprenti__handicap=True), {}),
        (PASSE, ne_le("1996-09-01", apprenti__droitsRqthExtensionBOE=True), {}),
        (PASSE, ne_le("1980-09-01", apprenti__inscriptionSportifDeHautNiveau=True), {}),
        (PASSE, ne_le("1970-09-01", apprenti__projetCreationRepriseEntreprise=True), {}),
        (PASSE, ne_le("1990-08-25", contrat__typeContratApp=22, **SUITE), {}),
        (ECHOUE, ne_le("1990-08-24", contrat__typeContratApp=22, **SUITE), {}),
    ],
    "apprenti-derogation-age": [
        (ECHOUE, ne_le("2010-09-01", contrat__typeDerogation=11), {}),
        (PASSE, ne_le("2010-09-02", contrat__typeDerogation=11), {}),
        (ECHOUE, ne_le("1996-09-02", contrat__typeDerogation=12), {}),
        (PASSE, ne_le("1996-09-01", contrat__typeDerogation=12), {}),
    ],
    "apprenti-derogation-a-dire": [
        (ECHOUE, ne_le("2010-09-02"), {}),
        (PASSE, ne_le("2010-09-01"), {}),
        (PASSE, ne_le("2010-09-02", contrat__typeDerogation=50), {}),
        (ECHOUE, ne_le("1996-09-01", apprenti__handicap=True), {}),
        (PASSE, ne_le("1996-09-01", apprenti__handicap=True, contrat__typeDerogation=12), {}),
    ],
    "apprenti-naissance-passee": [
        (ECHOUE, ne_le("2026-09-03"), {}),
        (PASSE, ne_le("2026-09-02"), {}),
    ],
    "apprenti-nir-sexe": [
        (ECHOUE, {"apprenti__sexe": "M"}, {}),
        (ECHOUE, {"apprenti__nir": "3070774010001"}, {}),
        (PASSE, {"apprenti__nir": "8070774010001"}, {}),
        (PASSE, {"apprenti__nir": "7070774010001", "apprenti__sexe": "M"}, {}),
    ],
    "apprenti-nir-naissance": [
        (ECHOUE, {"apprenti__dateNaissance": "2006-07-15"}, {}),
        (ECHOUE, {"apprenti__dateNaissance": "2007-08-15"}, {}),
        (PASSE, {"apprenti__dateNaissance": "2007-07-31"}, {}),
        (PASSE, {"apprenti__nir": "2072074010001"}, {}),
    ],
    "apprenti-nir-departement": [
        (ECHOUE, {"apprenti__departementNaissance": "73"}, {}),
        (PASSE, {"apprenti__departementNaissance": "02A", "apprenti__nir": "207072A010001"}, {}),
        (PASSE, {"apprenti__departementNaissance": "974", "apprenti__nir": "2070797410001"}, {}),
        (ECHOUE, {"apprenti__departementNaissance": "973", "apprenti__nir": "2070797410001"}, {}),
        (PASSE, {"apprenti__departementNaissance": "099", "apprenti__nir": "2070799352001"}, {}),
        (PASSE, {"apprenti__departementNaissance": 1, "apprenti__nir": "2070701010001"}, {}),
    ],
    "apprenti-autorisation-de-travail": [(ECHOUE, {"apprenti__nationalite": 3}, {}), (PASSE, {"apprenti__nationalite": 2}, {})],
    "apprenti-contrats-du-meme-niveau": [
        (ECHOUE, {"contrat__typeContratApp": 21, **SUITE}, {"contrats_du_niveau": lambda _nir, niveau: 2 * (niveau == 5)}),
        (PASSE, {"contrat__typeContratApp": 21, **SUITE}, {"contrats_du_niveau": lambda _nir, _niveau: 1}),
        (PASSE, {}, {"contrats_du_niveau": lambda _nir, _niveau: 5}),
    ],
    "maitre-majeur": [
        (ECHOUE, {"maitre1__dateNaissance": "2008-09-02"}, {}),
        (PASSE, {"maitre1__dateNaissance": "2008-09-01"}, {}),
    ],
    "second-maitre-majeur": [
        (ECHOUE, {"maitre2": {**MAITRE, "prenom": "Luc", "dateNaissance": "2008-09-02"}}, {}),
        (PASSE, {"maitre2": {**MAITRE, "prenom": "Luc", "dateNaissance": "2008-09-01"}}, {}),
    ],
    "maitre-distinct": [
        (ECHOUE, {"maitre1": {**MAITRE, "nom": "EXEMPLE", "prenom": "zoe", "dateNaissance": "2007-07-15"}}, {}),
        (PASSE, {"maitre1": {**MAITRE, "nom": "Exemple", "prenom": "Zoé"}}, {}),
    ],
    "maitres-distincts": [
        (ECHOUE, {"maitre2": {**MAITRE, "nom": "ROCHE"}}, {}),
        (PASSE, {"maitre2": {**MAITRE, "prenom": "Luc"}}, {}),
    ],
    "maitre-competence": [
        (ECHOUE, {"maitre1__niveauDiplomeObtenu": 4}, {}),
        (PASSE, {"maitre1__niveauDiplomeObtenu": 5}, {}),
        (PASSE, {"maitre1__niveauDiplomeObtenu": 7, "formation__typeDiplome": 80}, {}),
    ],
    "maitre-nombre-apprentis": [
        (ECHOUE, {}, {"apprentis_du_maitre": lambda *_: 2}),
        (PASSE, {}, {"apprentis_du_maitre": lambda *_: 1}),
        (PASSE, {"contrat__typeContratApp": 33, **AVENANT}, {"apprentis_du_maitre": lambda *_: 2}),
        (ECHOUE, {"contrat__typeContratApp": 33, **AVENANT}, {"apprentis_du_maitre": lambda *_: 3}),
    ],
    "contrat-signe-avant": [
        (ECHOUE, {"contrat__dateConclusion": "2026-09-02"}, {}),
        (PASSE, {"contrat__dateConclusion": "2026-09-01"}, {}),
        (PASSE, {"contrat__dateConclusion": "2027-02-15", "contrat__typeContratApp": 36, **AVENANT}, {}),
    ],
    "contrat-avenant-signe-avant": [
        (ECHOUE, {"contrat__dateConclusion": "2028-09-01", "contrat__typeContratApp": 36, **AVENANT}, {}),
        (PASSE, {"contrat__dateConclusion": "2028-08-31", "contrat__typeContratApp": 36, **AVENANT}, {}),
    ],
    "contrat-signature-passee": [
        (ECHOUE, {"contrat__dateConclusion": "2026-09-03", "contrat__dateDebutContrat": "2026-09-03"}, {}),
        (PASSE, {"contrat__dateConclusion": "2026-09-02"}, {}),
    ],
    "contrat-fin-apres-debut": [
        (ECHOUE, {"contrat__dateFinContrat": "2026-09-01"}, {}),
        (PASSE, {"contrat__dateFinContrat": "2026-09-02"}, {}),
    ],
    "contrat-duree-minimum": [
        (PASSE, du_au("2026-09-01", "2027-02-28"), {}),
        (ECHOUE, du_au("2026-09-01", "2027-02-27"), {}),
        (PASSE, du_au("2026-09-01", "2026-12-31", contrat__typeContratApp=23, **SUITE), {}),
        (PASSE, du_au("2026-08-31", "2027-02-27"), {}),
    ],
    "contrat-duree-maximum": [
        (PASSE, du_au("2026-09-01", "2029-08-31"), {}),
        (ECHOUE, du_au("2026-09-01", "2029-09-01"), {}),
        (PASSE, du_au("2026-09-01", "2030-08-31", apprenti__handicap=True), {}),
        (ECHOUE, du_au("2026-09-01", "2030-09-01", apprenti__handicap=True), {}),
        (PASSE, du_au("2026-09-01", "2030-08-31", apprenti__inscriptionSportifDeHautNiveau=True), {}),
        (PASSE, du_au("2026-09-01", "2030-08-31", contrat__typeContratApp=33, **AVENANT), {}),
        (ECHOUE, du_au("2026-09-01", "2030-09-01", contrat__typeContratApp=33, **AVENANT), {}),
    ],
    "contrat-formation-pratique": [
        (ECHOUE, {"contrat__dateFormationPratiqueEmployeur": "2026-08-31"}, {}),
        (PASSE, {"contrat__dateFormationPratiqueEmployeur": "2026-12-01"}, {}),
        (ECHOUE, {"contrat__dateFormationPratiqueEmployeur": "2026-12-02"}, {}),
        (ECHOUE, {"contrat__dateFinContrat": "2026-10-01", "contrat__dateFormationPratiqueEmployeur": "2026-10-02"}, {}),
    ],
    "contrat-date-effet": [
        (ECHOUE, {"contrat__typeContratApp": 36, **AVENANT, "contrat__dateEffetAvenant": "2026-08-31"}, {}),
        (PASSE, {"contrat__typeContratApp": 36, **AVENANT, "contrat__dateEffetAvenant": "2026-09-01"}, {}),
        (PASSE, {"contrat__typeContratApp": 38, **AVENANT, "contrat__dateEffetAvenant": "2028-08-31"}, {}),
        (ECHOUE, {"contrat__typeContratApp": 38, **AVENANT, "contrat__dateEffetAvenant": "2028-09-01"}, {}),
    ],
    "contrat-premier": [
        (ECHOUE, {"apprenti__situationAvantContrat": 4}, {}),
        (PASSE, {"apprenti__situationAvantContrat": 4, "contrat__typeContratApp": 22, **SUITE}, {}),
    ],
    "contrat-duree-travail-mineur": [
        (ECHOUE, ne_le("2009-07-15", contrat__dureeTravailHebdoMinutes=1), {}),
        (PASSE, ne_le("2009-07-15"), {}),
        (PASSE, {"contrat__dureeTravailHebdoHeures": 39}, {}),
    ],
    "contrat-duree-travail": [
        (ECHOUE, ne_le("2009-07-15", contrat__dureeTravailHebdoHeures=40, contrat__dureeTravailHebdoMinutes=1), {}),
        (PASSE, ne_le("2009-07-15", contrat__dureeTravailHebdoHeures=40), {}),
        (PASSE, {"contrat__dureeTravailHebdoHeures": 48}, {}),
        (ECHOUE, {"contrat__dureeTravailHebdoHeures": 49}, {}),
    ],
    "contrat-transmission": [
        (PASSE, {}, {"aujourdhui": date(2026, 9, 7)}),
        (ECHOUE, {}, {"aujourdhui": date(2026, 9, 8)}),
        (PASSE, {}, {"aujourdhui": date(2026, 12, 1), "depose_le": date(2026, 8, 25)}),
        (PASSE, {}, {"aujourdhui": date(2026, 10, 15), "regles": APRES_UNE_PANNE}),
        (ECHOUE, {}, {"aujourdhui": date(2026, 10, 16), "regles": APRES_UNE_PANNE}),
        (PASSE, {}, {"aujourdhui": date(2026, 12, 1), "depose_le": date(2026, 10, 15), "regles": APRES_UNE_PANNE}),
    ],
    "contrat-duree-de-l-avenant": [
        (PASSE, du_au("2026-09-01", "2028-02-29", contrat__typeContratApp=33, **AVENANT), {}),
        (ECHOUE, du_au("2026-09-01", "2028-03-01", contrat__typeContratApp=33, **AVENANT), {}),
        (PASSE, du_au("2026-09-01", "2028-03-02", contrat__typeContratApp=36, **AVENANT), {}),
    ],
    "contrat-numero-precedent": [
        (ECHOUE, {"contrat__typeContratApp": 21, **SUITE, "contrat__numeroContratPrecedent": "074202609000001"}, {}),
        (PASSE, {"contrat__typeContratApp": 21, **SUITE, "contrat__numeroContratPrecedent": "074202608000001"}, {}),
    ],
    "remuneration-periodes": [
        (ECHOUE, {"contrat__remunerationsAnnuelles": PERIODES[1:]}, {}),
        (ECHOUE, {"contrat__remunerationsAnnuelles": PERIODES[:2]}, {}),
        (ECHOUE, {"contrat__remunerationsAnnuelles": [PERIODES[0], {**PERIODES[1], "dateDebut": "2027-09-02"}, PERIODES[2]]}, {}),
        (ECHOUE, {"contrat__remunerationsAnnuelles": [PERIODES[0], {**PERIODES[1], "dateDebut": "2027-08-31"}, PERIODES[2]]}, {}),
        (ECHOUE, {"contrat__remunerationsAnnuelles": [{**PERIODES[0], "dateFin": "2026-08-31"}, *PERIODES[1:]]}, {}),
        (PASSE, {"contrat__remunerationsAnnuelles": periodes(("1.1", "2026-09-01", "2028-08-31", 61))}, {}),
        (
            PASSE,
            {
                "contrat__typeContratApp": 36,
                **AVENANT,
                "contrat__remunerationsAnnuelles": periodes(("1.1", "2027-03-01", "2028-08-31", 61)),
            },
            {},
        ),
        (
            ECHOUE,
            {
                "contrat__typeContratApp": 36,
                **AVENANT,
                "contrat__remunerationsAnnuelles": periodes(("1.1", "2027-03-02", "2028-08-31", 61)),
            },
            {},
        ),
    ],
    "remuneration-ordre": [
        (ECHOUE, {"contrat__remunerationsAnnuelles": [PERIODES[0], {**PERIODES[1], "ordre": "1.1"}, PERIODES[2]]}, {}),
        (
            ECHOUE,
            {"contrat__remunerationsAnnuelles": [{**PERIODES[0], "ordre": "2.1"}, {**PERIODES[1], "ordre": "1.1"}, PERIODES[2]]},
            {},
        ),
        (
            PASSE,
            {"contrat__remunerationsAnnuelles": [PERIODES[0], {**PERIODES[1], "ordre": "1.2"}, {**PERIODES[2], "ordre": "2.1"}]},
            {},
        ),
    ],
    "remuneration-taux": [
        (ECHOUE, {"contrat__remunerationsAnnuelles": [{**PERIODES[0], "taux": "42.99"}, *PERIODES[1:]]}, {}),
        (PASSE, {"contrat__remunerationsAnnuelles": [{**PERIODES[0], "taux": 43.01}, *PERIODES[1:]]}, {}),
        (
            ECHOUE,
            {
                "contrat__remunerationsAnnuelles": periodes(
                    ("1.1", "2026-09-01", "2027-08-31", 43), ("2.1", "2027-09-01", "2028-08-31", 51)
                )
            },
            {},
        ),
        (PASSE, ne_le("2007-08-01"), {}),
        (ECHOUE, ne_le("2007-06-30"), {}),
        (ECHOUE, {"formation__typeDiplome": 62, "formation__codeDiplome": "25031409"}, {}),
    ],
    "remuneration-salaire": [
        (PASSE, {"contrat__salaireEmbauche": "802.81"}, {}),
        (ECHOUE, {"contrat__salaireEmbauche": "802.80"}, {}),
        (PASSE, {"contrat__salaireEmbauche": 688.13, "contrat__dureeTravailHebdoHeures": 30}, {}),
        (ECHOUE, {"contrat__salaireEmbauche": 688, "contrat__dureeTravailHebdoHeures": 30}, {}),
        (PASSE, {"contrat__salaireEmbauche": 802.82, "contrat__dureeTravailHebdoHeures": 39}, {}),
    ],
    "remuneration-quinze-points": [
        (
            ECHOUE,
            du_au(
                "2026-09-01",
                "2027-08-31",
                apprenti__diplome=54,
                contrat__remunerationsAnnuelles=periodes(("1.1", "2026-09-01", "2027-08-31", 57.9)),
            ),
            {},
        ),
        (
            PASSE,
            du_au(
                "2026-09-01",
                "2027-08-31",
                apprenti__diplome=54,
                contrat__remunerationsAnnuelles=periodes(("1.1", "2026-09-01", "2027-08-31", 58)),
            ),
            {},
        ),
        (
            PASSE,
            du_au(
                "2026-09-01",
                "2027-09-01",
                apprenti__diplome=54,
                contrat__remunerationsAnnuelles=periodes(("1.1", "2026-09-01", "2027-09-01", 51)),
            ),
            {},
        ),
        (
            PASSE,
            du_au("2026-09-01", "2027-08-31", contrat__remunerationsAnnuelles=periodes(("1.1", "2026-09-01", "2027-08-31", 43))),
            {},
        ),
    ],
    "remuneration-contrat-precedent": [
        (ECHOUE, {"contrat__typeContratApp": 21, **SUITE, "apprenti__derniereClasse": 1}, {}),
        (PASSE, {"contrat__typeContratApp": 23, **SUITE, "apprenti__derniereClasse": 1}, {}),
        (PASSE, {"contrat__typeContratApp": 21, **SUITE}, {}),
    ],
    "remuneration-avantages": [
        (ECHOUE, {"contrat__salaireEmbauche": 1000, "contrat__avantageLogement": 750.01}, {}),
        (PASSE, {"contrat__salaireEmbauche": 1000, "contrat__avantageLogement": 745.0, "contrat__avantageNourriture": 5}, {}),
    ],
    "formation-debut": [
        (PASSE, {"formation__dateDebutFormation": "2026-12-01"}, {}),
        (ECHOUE, {"formation__dateDebutFormation": "2026-12-02"}, {}),
        (PASSE, {"formation__dateDebutFormation": "2026-06-01"}, {}),
        (ECHOUE, {"formation__dateDebutFormation": "2026-05-31"}, {}),
        (PASSE, {"formation__dateDebutFormation": "2025-09-01", "contrat__typeContratApp": 23, **SUITE}, {}),
    ],
    "formation-fin-apres-debut": [
        (ECHOUE, {"formation__dateFinFormation": "2026-09-07"}, {}),
        (PASSE, {"formation__dateFinFormation": "2026-09-08"}, {}),
    ],
    "formation-fin-dans-le-contrat": [
        (ECHOUE, {"formation__dateFinFormation": "2028-09-01"}, {}),
        (PASSE, {"formation__dateFinFormation": "2028-08-31"}, {}),
        (ECHOUE, {"formation__dateDebutFormation": "2026-06-01", "formation__dateFinFormation": "2026-08-31"}, {}),
    ],
    "formation-fin-proche": [
        (PASSE, {"formation__dateFinFormation": "2028-05-31"}, {}),
        (ECHOUE, {"formation__dateFinFormation": "2028-05-30"}, {}),
    ],
    "formation-fin-a-deux-mois": [
        (PASSE, {"formation__dateFinFormation": "2028-06-30"}, {}),
        (ECHOUE, {"formation__dateFinFormation": "2028-06-29"}, {}),
        (PASSE, {"formation__dateFinFormation": "2028-05-30"}, {}),
    ],
    "formation-duree-minimum": [
        (PASSE, {"formation__dureeFormation": 804}, {}),
        (ECHOUE, {"formation__dureeFormation": 803}, {}),
        (PASSE, {"formation__dureeFormation": 10, "contrat__typeContratApp": 23, **SUITE}, {}),
    ],
    "formation-distance": [
        (ECHOUE, {"formation__nombreHeuresEnDistanciel": 1351}, {}),
        (PASSE, {"formation__nombreHeuresEnDistanciel": 1350}, {}),
    ],
    "formation-distance-minoree": [
        (ECHOUE, {"formation__nombreHeuresEnDistanciel": 1080}, {}),
        (PASSE, {"formation__nombreHeuresEnDistanciel": 1079}, {}),
    ],
    "formation-qualification": [(ECHOUE, {"formation__typeDiplome": 25}, {}), (PASSE, {"formation__typeDiplome": 34}, {})],
    "formation-rncp-actif": [
        (ECHOUE, {}, {"certification": lambda _: None}),
        (PASSE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 8, 24))}),
        (ECHOUE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_au=date(2026, 8, 23))}),
        (ECHOUE, {}, {"certification": lambda c: FicheCertification(code=c, intitule="", active_du=date(2026, 8, 25))}),
    ],
    "formation-code-diplome": [
        (ECHOUE, {"formation__codeDiplome": "40033422"}, {}),
        (PASSE, {"formation__codeDiplome": "16X33422", "formation__typeDiplome": 80}, {}),
        (PASSE, {"formation__codeDiplome": "01033422"}, {}),
    ],
    "cfa-annuaire": [(ECHOUE, {}, {"uai": lambda _: False}), (PASSE, {}, {})],
    "cfa-au-registre": [
        (PASSE, {}, {}),
        (
            ECHOUE,
            {},
            {"etablissement": lambda siret: FicheEtablissement(siret=siret, denomination="", ouvert=siret.startswith("130"))},
        ),
        (ECHOUE, {}, {"etablissement": lambda siret: None}),
    ],
    "cfa-certifie": [
        (ECHOUE, {}, {"organisme": lambda _: None}),
        (ECHOUE, {}, {"organisme": lambda siret: FicheOrganisme(siret=siret, denomination="")}),
        (PASSE, {}, {}),
    ],
    "cfa-d-entreprise": [
        (ECHOUE, {"organismeFormation__siret": "13002526500013"}, {}),
        (PASSE, {"organismeFormation__siret": "13002526500013", "organismeFormation__formationInterne": True}, {}),
    ],
}
