"""What a honey dossier says: plausible, and of nobody."""

import secrets
from datetime import date, timedelta
from typing import Any

from stdnum import luhn

from jalon.dispositifs.base import LIGNES

DISPOSITIF = "action_formation"
_ENTREPRISES = ("Brasserie du Pont-Neuf", "Transports Maillard", "Clinique des Tilleuls", "Menuiserie Aubrac", "Librairie Sorel")
_INTITULES = ("Management d’équipe", "Gestes et postures", "Anglais professionnel", "Sécurité incendie", "Tableur, niveau 2")
_NOMS = ("Delmas", "Rocher", "Vasseur", "Lemoine", "Chabert", "Pruvost")
_PRENOMS = ("Claire", "Hakim", "Solène", "Marc", "Inaya", "Paul")


def siret_de_personne() -> str:
    """A SIRET that reads well and is of nobody: INSEE gives no SIREN that begins with three zeros."""
    debut = f"000{secrets.randbelow(10**5):05d}"
    siege = f"{debut}{luhn.calc_check_digit(debut)}0001"
    return f"{siege}{luhn.calc_check_digit(siege)}"


def reponses_fictives(siret: str, jour: date) -> dict[str, dict[str, Any]]:
    """Answers of a whole request that begins in three weeks."""
    debut, entreprise = jour + timedelta(days=21), secrets.choice(_ENTREPRISES)
    stagiaire = {
        "nom_naissance": secrets.choice(_NOMS), "nom_usage": "", "prenom": secrets.choice(_PRENOMS),
        "date_naissance": f"{1 + secrets.randbelow(28):02d}/0{1 + secrets.randbelow(9)}/19{70 + secrets.randbelow(30)}",
        "sexe": "F", "nir": "", "categorie": "employe", "niveau": "4", "type_contrat": "cdi", "rqth": "non",
        "heures": "14", "salaire_horaire": "",
    }  # fmt: skip
    sections: dict[str, Any] = {
        "entreprise": {
            "siret": siret, "denomination": entreprise, "code_postal": "69003", "idcc": "1979", "effectif": "20",
            "contact_nom": f"{secrets.choice(_PRENOMS)} {secrets.choice(_NOMS)}", "contact_courriel": "contact@exemple.fr",
            "contact_telephone": "", "reference_interne": "",
        },
        "organisme": {
            "interne": "oui", "siret": "", "denomination": "", "nda": "", "qualiopi": "", "contact_nom": "", "contact_courriel": "",
        },
        "action": {
            "intitule": secrets.choice(_INTITULES), "objectifs": "Monter en compétence", "type_action": "formation",
            "theme": "metier", "certification": "aucune", "code_certification": "", "date_debut": f"{debut:%d/%m/%Y}",
            "date_fin": f"{debut + timedelta(days=1):%d/%m/%Y}", "duree_heures": "14", "nombre_jours": "2",
            "modalite": "presentiel", "heures_distance": "", "organisation": "inter", "lieu": "Lyon", "mentions_devis": [],
        },
        "stagiaires": {LIGNES: [stagiaire]},
        "couts": {
            "cout_pedagogique": "700", "taux_tva": "20", "subrogation": "non", "salaires_demandes": "non",
            "frais_demandes": "non", "repas": "", "montant_repas": "", "nuits": "", "montant_nuits": "", "montant_transport": "",
        },
    }  # fmt: skip
    return {code: {"version": 1, "valeurs": valeurs} for code, valeurs in sections.items()}
