"""A complete contract of the inter-OPCO norm, and small changes to it."""

import json
from datetime import date
from typing import Any

from jalon.bancs.contrats import exemple
from jalon.dispositifs.apprentissage.norme import controler_norme
from jalon.dispositifs.base import Anomalie, Contexte, FicheCertification, FicheEtablissement, FicheOrganisme
from jalon.referentiels.paquet import conventions
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.socle.baremes import JeuDeRegles

LE = date(2026, 9, 2)
CONTRAT: dict[str, Any] = exemple()
ADRESSE: dict[str, Any] = CONTRAT["cerfa"]["employeur"]["adresse"]
MAITRE: dict[str, Any] = CONTRAT["cerfa"]["maitre1"]


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
