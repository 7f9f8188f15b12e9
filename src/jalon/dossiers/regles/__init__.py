"""Pure judgement on requests: moves between states, waiting, numbers, words that find them, boxes that are reopened."""

from jalon.dossiers.regles.attentes import (
    SANS_ATTENTE,
    Attente,
    attente_accord,
    attente_brouillon,
    attente_complement,
    attente_instruction,
    attente_rupture,
    attente_transmis,
    prochaine_etape,
)
from jalon.dossiers.regles.erreurs import DossierIncomplet
from jalon.dossiers.regles.etats import TABLE, etat_affiche
from jalon.dossiers.regles.numeros import former_numero
from jalon.dossiers.regles.ouverture import cases_ouvertes, est_ouverte, fusionner
from jalon.dossiers.regles.recherche import lexemes, marque, requete_de_texte

__all__ = [
    "SANS_ATTENTE",
    "TABLE",
    "Attente",
    "DossierIncomplet",
    "attente_accord",
    "attente_brouillon",
    "attente_complement",
    "attente_instruction",
    "attente_rupture",
    "attente_transmis",
    "cases_ouvertes",
    "est_ouverte",
    "etat_affiche",
    "former_numero",
    "fusionner",
    "lexemes",
    "marque",
    "prochaine_etape",
    "requete_de_texte",
]
