"""A complete contract, typed box by box, and small changes to it."""

import copy
from datetime import date
from typing import Any

from jalon.dispositifs.base import Anomalie, Contexte
from jalon.dispositifs.lecture import verifier
from jalon.dispositifs.professionnalisation.declaration import CONTRAT_PROFESSIONNALISATION
from tests.dispositifs.apprentissage.contrats import contexte as contexte_complet

LE = date(2026, 9, 2)
REPONSES: dict[str, dict[str, Any]] = {
    "nature": {"nature": "cdd"},
    "employeur": {
        "denomination": "Hôtel du Lac",
        "voie": "12 rue des Alpes",
        "code_postal": "74000",
        "commune": "Annecy",
        "telephone": "0450000000",
        "courriel": "contact@hotel-du-lac.fr",
        "caisse": "Malakoff Humanis",
        "particulier": "non",
        "siret": "13002526500013",
        "naf": "55.10Z",
        "effectif": "20",
        "idcc": "1979",
        "specifique": "0",
    },
    "salarie": {
        "nom": "Exemple",
        "prenom": "Zoé",
        "voie": "3 chemin du Lac",
        "code_postal": "74000",
        "commune": "Annecy",
        "telephone": "0612345678",
        "courriel": "zoe@exemple.fr",
        "nir": "2060774010001",
        "date_naissance": "15/07/2006",
        "departement_naissance": "74",
        "commune_naissance": "Annecy",
        "sexe": "F",
        "rqth": "non",
        "rqth_equivalence": "non",
        "rqth_extension": "non",
        "inscrit": "non",
        "situation": "9",
        "diplome": "41",
    },
    "tuteur": {"nom": "Roche", "prenom": "Aline", "emploi": "Cheffe", "date_naissance": "12/04/1985", "attestation": "oui"},
    "utilisateur": {},
    "contrat": {
        "type_contrat": "11",
        "emploi": "Réceptionniste",
        "classification": "Employé",
        "date_conclusion": "24/08/2026",
        "date_debut": "01/09/2026",
        "date_fin": "31/08/2027",
        "heures": "35",
        "salaire": "1213,56",
    },
    "formation": {
        "interne": "non",
        "organisme": "Savoir Faire",
        "siret": "41816609600069",
        "nda": "82740123474",
        "nombre_organismes": "1",
        "qualification": "1",
        "diplome": "31",
        "intitule": "BTS tourisme",
        "rncp": "RNCP37889",
        "specialite": "334",
        "date_debut": "07/09/2026",
        "date_fin": "05/07/2027",
        "duree": "400",
        "duree_enseignements": "380",
        "duree_distance": "0",
    },
    "opco": {"attestation_pieces": "oui", "fait_a": "Annecy"},
}


def reponses(**changements: str) -> dict[str, dict[str, Any]]:
    """The answers, with some boxes changed (« salarie__diplome »)."""
    copie = copy.deepcopy(REPONSES)
    for chemin, valeur in changements.items():
        section, champ = chemin.split("__")
        copie[section][champ] = valeur
    return {section: {"version": 0, "valeurs": valeurs} for section, valeurs in copie.items()}


def contexte(**plus: Any) -> Contexte:
    """Every table loaded, on the second day of the contract."""
    return contexte_complet(**{"aujourdhui": LE, **plus})


def anomalies(donnees: dict[str, dict[str, Any]], **plus: Any) -> list[Anomalie]:
    """Everything found."""
    return verifier(CONTRAT_PROFESSIONNALISATION, donnees, contexte(**plus)).anomalies
