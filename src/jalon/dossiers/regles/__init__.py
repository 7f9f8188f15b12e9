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
    retard_depuis,
)
from jalon.dossiers.regles.complements import cases_liees, cle_de_piece, etat_du_complement, motif_de_la_case
from jalon.dossiers.regles.erreurs import DossierIncomplet
from jalon.dossiers.regles.etats import TABLE, etat_affiche, page_des_etats
from jalon.dossiers.regles.numeros import former_numero
from jalon.dossiers.regles.ouverture import cases_ouvertes, est_ouverte, fusionner
from jalon.dossiers.regles.recherche import lexemes, marque, requete_de_texte
from jalon.dossiers.regles.silence import DECIDENT, PRESSE, CompteARebours, compte_a_rebours

__all__ = [
    "DECIDENT",
    "PRESSE",
    "SANS_ATTENTE",
    "TABLE",
    "Attente",
    "CompteARebours",
    "DossierIncomplet",
    "attente_accord",
    "attente_brouillon",
    "attente_complement",
    "attente_instruction",
    "attente_rupture",
    "attente_transmis",
    "cases_liees",
    "cases_ouvertes",
    "cle_de_piece",
    "compte_a_rebours",
    "est_ouverte",
    "etat_affiche",
    "etat_du_complement",
    "former_numero",
    "fusionner",
    "lexemes",
    "marque",
    "motif_de_la_case",
    "page_des_etats",
    "prochaine_etape",
    "requete_de_texte",
    "retard_depuis",
]
