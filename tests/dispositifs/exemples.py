"""A complete request, and small changes to it."""

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import LIGNES, Anomalie, Contexte, Estimation
from jalon.dispositifs.lecture import estimer, lire_contenu, verifier
from jalon.referentiels.paquet import jeu_de_regles
from jalon.socle.baremes import JeuDeRegles
from jalon.socle.reglages import ExceptionDepot

AUJOURD_HUI = date(2026, 11, 23)
SIRET_ENTREPRISE = "13002526500013"
SIRET_ORGANISME = "41816609600069"

ZOE = {
    "nom_naissance": "Exemple",
    "nom_usage": "",
    "prenom": "Zoé",
    "date_naissance": "15/07/1995",
    "sexe": "F",
    "nir": "",
    "categorie": "employe",
    "niveau": "4",
    "type_contrat": "cdi",
    "rqth": "non",
    "heures": "14",
    "salaire_horaire": "",
}
YANIS = {**ZOE, "nom_naissance": "Lefort", "prenom": "Yanis", "date_naissance": "02/03/1988", "sexe": "M"}

REPONSES: dict[str, dict[str, Any]] = {
    "entreprise": {
        "siret": SIRET_ENTREPRISE,
        "denomination": "Hôtel du Lac",
        "code_postal": "74000",
        "idcc": "1979",
        "effectif": "20",
        "contact_nom": "Aline Roche",
        "contact_courriel": "aline@exemple.fr",
        "contact_telephone": "",
        "reference_interne": "HACCP 2026",
    },
    "organisme": {
        "interne": "non",
        "siret": SIRET_ORGANISME,
        "denomination": "Savoir Faire",
        "nda": "82740123474",
        "qualiopi": "oui",
        "contact_nom": "",
        "contact_courriel": "",
    },
    "action": {
        "intitule": "Hygiène alimentaire",
        "objectifs": "Appliquer la méthode HACCP",
        "type_action": "formation",
        "theme": "metier",
        "certification": "aucune",
        "code_certification": "",
        "date_debut": "11/01/2027",
        "date_fin": "12/01/2027",
        "duree_heures": "14",
        "nombre_jours": "2",
        "modalite": "presentiel",
        "heures_distance": "",
        "organisation": "inter",
        "lieu": "Annecy",
        "mentions_devis": [],
    },
    "stagiaires": {LIGNES: [ZOE, YANIS]},
    "couts": {
        "cout_pedagogique": "700",
        "taux_tva": "20",
        "subrogation": "oui",
        "salaires_demandes": "non",
        "frais_demandes": "non",
        "repas": "",
        "montant_repas": "",
        "nuits": "",
        "montant_nuits": "",
        "montant_transport": "",
    },
}


def reponses(**changements: Any) -> dict[str, dict[str, Any]]:
    """The example, with `section__champ=valeur` changed; `stagiaires=[…]` replaces the rows."""
    valeurs = copy.deepcopy(REPONSES)
    for nom, valeur in changements.items():
        section, _, champ = nom.partition("__")
        valeurs[section][champ or LIGNES] = valeur
    return {section: {"version": 1, "valeurs": contenu} for section, contenu in valeurs.items()}


def regles(**changements: Any) -> JeuDeRegles:
    """The packaged rules, changed."""
    return replace(jeu_de_regles("action_formation"), **changements)


def contexte(**changements: Any) -> Contexte:
    """23 November 2026, packaged rules, nothing else known."""
    return Contexte(**{"aujourdhui": AUJOURD_HUI, "regles": jeu_de_regles("action_formation"), **changements})


def contenu(**changements: Any) -> ActionFormation:
    """The example as a document."""
    document, anomalies = lire_contenu(ACTION_FORMATION, reponses(**changements))
    assert anomalies == []
    assert isinstance(document, ActionFormation)
    return document


def anomalies(dans: Contexte | None = None, /, **changements: Any) -> list[Anomalie]:
    """What « Vérifier » says of the example, changed."""
    return verifier(ACTION_FORMATION, reponses(**changements), dans or contexte()).anomalies


def trouvee(identifiant: str, dans: Contexte | None = None, /, **changements: Any) -> Anomalie | None:
    """The anomaly of one control, if it is found."""
    return next((a for a in anomalies(dans, **changements) if a.controle == identifiant), None)


def estimation(dans: Contexte | None = None, /, **changements: Any) -> Estimation:
    """The estimate of the example, changed."""
    return estimer(ACTION_FORMATION, reponses(**changements), dans or contexte())


def montants(estimee: Estimation) -> dict[str, Decimal]:
    """Amount of each line."""
    return {ligne.poste: ligne.montant_ht for ligne in estimee.lignes}


APRES_UNE_PANNE = JeuDeRegles(
    exceptions=(
        ExceptionDepot(
            code="panne", dispositif="essai", debut_du=date(2026, 9, 1), debut_au=date(2026, 9, 30), depot_au=date(2026, 10, 15),
            motif="Panne de la rentrée",
        ),
    )
)  # fmt: skip
"""What begins in September is sent until 15 October: a retroactive window, as the OPCO opens them."""
