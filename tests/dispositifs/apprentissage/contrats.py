"""A complete contract of the inter-OPCO norm, and small changes to it."""

import json
from datetime import date
from typing import Any

from jalon.dispositifs.apprentissage.norme import controler_norme
from jalon.dispositifs.base import Anomalie, Contexte, FicheCertification, FicheEtablissement, FicheOrganisme
from jalon.referentiels.paquet import conventions
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes import JeuDeRegles

LE = date(2026, 9, 2)
ADRESSE = {"adresse1": "12 rue des Alpes", "adresse2": "", "codePostal": "74000", "commune": "Annecy"}
MAITRE = {
    "nom": "Roche",
    "prenom": "Aline",
    "dateNaissance": "1985-04-12",
    "courriel": "aline.roche@exemple.fr",
    "emploiOccupe": "Cheffe de cuisine",
    "intituleDiplomeObtenu": "BTS management en hôtellerie restauration",
    "niveauDiplomeObtenu": 5,
}
CONTRAT: dict[str, Any] = {
    "cerfa": {
        "versionCERFA": "10103*14",
        "employeur": {
            "denomination": "Hôtel du Lac",
            "siret": "13002526500013",
            "adresse": ADRESSE,
            "telephone": "0450000000",
            "courriel": "contact@hotel-du-lac.fr",
            "typeEmployeur": 12,
            "employeurSpecifique": 0,
            "naf": "5510Z",
            "nombreDeSalaries": 20,
            "codeIdcc": "1979",
            "caisseComplementaire": "Malakoff Humanis",
            "attestationEligibilite": True,
            "attestationPieces": True,
        },
        "apprenti": {
            "nom": "Exemple",
            "prenom": "Zoé",
            "sexe": "F",
            "nationalite": 1,
            "dateNaissance": "2007-07-15",
            "departementNaissance": "74",
            "communeNaissance": "Annecy",
            "nir": "2070774010001",
            "regimeSocial": 2,
            "handicap": False,
            "droitsRqthExtensionBOE": False,
            "droitsRqthEquivalenceJeune": False,
            "situationAvantContrat": 1,
            "diplome": 41,
            "derniereClasse": "01",
            "diplomePrepare": 41,
            "intituleDiplomePrepare": "Bac pro cuisine",
            "telephone": "0612345678",
            "courriel": "zoe@exemple.fr",
            "adresse": ADRESSE,
            "inscriptionSportifDeHautNiveau": False,
            "projetCreationRepriseEntreprise": False,
        },
        "maitre1": MAITRE,
        "contrat": {
            "modeContractuel": 1,
            "typeContratApp": 11,
            "dateConclusion": "2026-08-24",
            "dateDebutContrat": "2026-09-01",
            "dateFormationPratiqueEmployeur": "2026-09-01",
            "dateFinContrat": "2028-08-31",
            "lieuSignatureContrat": "Annecy",
            "dureeTravailHebdoHeures": 35,
            "dureeTravailHebdoMinutes": 0,
            "travailRisque": False,
            "salaireEmbauche": 802.82,
            "remunerationsAnnuelles": [
                {"ordre": "1.1", "dateDebut": "2026-09-01", "dateFin": "2027-08-31", "taux": 43, "typeSalaire": "SMIC"},
                {"ordre": "2.1", "dateDebut": "2027-09-01", "dateFin": "2028-07-31", "taux": 51, "typeSalaire": "SMIC"},
                {"ordre": "2.2", "dateDebut": "2028-08-01", "dateFin": "2028-08-31", "taux": 61, "typeSalaire": "SMIC"},
            ],
        },
        "formation": {
            "rncp": "37889",
            "codeDiplome": "32033422",
            "typeDiplome": 54,
            "intituleQualification": "BTS management en hôtellerie restauration",
            "dateDebutFormation": "2026-09-07",
            "dateFinFormation": "2028-07-05",
            "dureeFormation": 1350,
            "nombreHeuresEnDistanciel": 0,
        },
        "organismeFormation": {
            "denomination": "CFA des Alpes",
            "formationInterne": False,
            "siret": "41816609600069",
            "uaiCfa": "0561910X",
            "adresse": ADRESSE,
            "lieuFormationIdentique": True,
        },
    }
}


def contexte(**plus: Any) -> Contexte:
    """Every table loaded, on the second day of the contract."""
    valeurs: dict[str, Any] = {
        "aujourdhui": LE,
        "regles": JeuDeRegles(),
        "idcc": conventions().get,
        "alternance": jeu_alternance(),
        "etablissement": lambda siret: FicheEtablissement(siret=siret, denomination="Essai"),
        "certification": lambda code: FicheCertification(code=code, intitule="Essai"),
        "organisme": lambda siret: FicheOrganisme(siret=siret, denomination="CFA", qualiopi_apprentissage=True),
        "uai": lambda _: True,
        "contrats_du_niveau": lambda _nir, _niveau: 0,
        "apprentis_du_maitre": lambda *_: 0,
    }
    return Contexte(**{**valeurs, **plus})


def contrat(**changements: Any) -> dict[str, Any]:
    """A copy with some paths changed (« apprenti__nir »); None removes the property."""
    copie: dict[str, Any] = json.loads(json.dumps(CONTRAT))
    for chemin, valeur in changements.items():
        *parents, nom = chemin.split("__")
        objet = copie["cerfa"]
        for parent in parents:
            objet = objet.setdefault(parent, {})
        if valeur is None:
            objet.pop(nom, None)
        else:
            objet[nom] = valeur
    return copie


def anomalies(document: object, **plus: Any) -> list[Anomalie]:
    """Everything found."""
    return controler_norme(document, contexte(**plus))


def codes(document: object, **plus: Any) -> set[str]:
    """The controls that fired."""
    return {a.controle for a in anomalies(document, **plus)}
