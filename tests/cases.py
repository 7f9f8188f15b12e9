"""The box that each refusal of the actions of access and of bank details names: the page shows the sentence beside it."""

import sys
from pathlib import Path
from typing import Any

import jalon
from jalon.socle.erreurs import SaisieRefusee

RACINE = Path(jalon.__file__).parent
CASES: dict[str, set[str]] = {
    "banque/actions.py": {"commentaire", "iban", "motif"},
    "habilitations/actions/activation.py": {"profil"},
    "habilitations/actions/affectations.py": {"mandats"},
    "habilitations/actions/cles.py": {"motif"},
    "habilitations/actions/commandes.py": {"adherents_au", "lignes", "preuve", "profil", "sirens"},
    "habilitations/actions/conventions.py": {"piece", "reference"},
    "habilitations/actions/courriers_demandes.py": {"motif"},
    "habilitations/actions/decisions.py": {"etablissement", "motif", "preuve", "rattachement", "repreneur"},
    "habilitations/actions/demandes.py": {"droits", "jeu", "motif"},
    "habilitations/actions/droits.py": {"motif"},
    "habilitations/actions/effets_a_deux.py": {"nature"},
    "habilitations/actions/envois.py": {"le", "lettres"},
    "habilitations/actions/fichier.py": {"fichier"},
    "habilitations/actions/fin_de_code.py": {"motif"},
    "habilitations/actions/groupes.py": {"nom", "sirets"},
    "habilitations/actions/invitations.py": {"adresse"},
    "habilitations/actions/mandats.py": {"mandataire", "motif"},
    "habilitations/actions/mandats_en_attente.py": {"fin", "motif"},
    "habilitations/actions/masse.py": {"dernier_jour", "dispositif", "groupe", "motif", "personnes"},
    "habilitations/actions/nominations.py": {"constat"},
    "habilitations/actions/octrois.py": {"motif"},
    "habilitations/actions/opco.py": {"email", "nom", "portefeuilles", "role"},
    "habilitations/actions/porteur.py": {"siren"},
    "habilitations/actions/pose.py": {"droits", "fin"},
    "habilitations/actions/preparations/signatures.py": {"motif"},
    "habilitations/actions/rejoindre.py": {"etendue", "jeu", "numero", "raison", "sirets"},
    "habilitations/actions/second_facteur.py": {"motif", "preuve"},
    "habilitations/actions/suites_des_conventions.py": {"motif"},
}
SANS_CASE = {"declarer_perte", "boites"}
"""A button without a box; what a caller refuses again with the name of the person and the box."""
EN_COMMANDE = "habilitations/actions/preparations/depot.py"
"""Refused to a command: there is no page."""


def refuser_avec_sa_case(erreur: SaisieRefusee, *args: Any, **nommes: Any) -> None:
    """What builds a refusal in the tests: raised by one of these actions, it names one of its boxes."""
    super(SaisieRefusee, erreur).__init__(*args, **nommes)
    code = sys._getframe(1).f_code
    lieu = Path(code.co_filename)
    nom = str(lieu.relative_to(RACINE)) if lieu.is_relative_to(RACINE) else ""
    surveille = nom == "banque/actions.py" or (nom.startswith("habilitations/actions/") and nom != EN_COMMANDE)
    if surveille and code.co_name not in SANS_CASE:
        assert erreur.champ in CASES.get(nom, set()), (
            f"{nom} ({code.co_name}) refuse sans nommer une case connue : {erreur.champ}"
        )
