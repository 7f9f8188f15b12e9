"""Writes: one function per verb."""

from jalon.dossiers.actions.apercus import lire_page_d_apercu, ouvrir_apercu
from jalon.dossiers.actions.brouillons import creer_brouillon, supprimer_brouillon
from jalon.dossiers.actions.complements import completer_dossier
from jalon.dossiers.actions.duplication import dupliquer_dossier
from jalon.dossiers.actions.echanges import (
    FichierJoint,
    confier_echange,
    ecrire_message,
    marquer_messages_lus,
    ouvrir_jointe,
    relancer_opco,
)
from jalon.dossiers.actions.fins import annuler_dossier, reporter_accord, reporter_montants, solder_dossier
from jalon.dossiers.actions.impression import imprimer_formulaire, relire_formulaire
from jalon.dossiers.actions.lignes import LignesImportees, importer_lignes
from jalon.dossiers.actions.modifications import demander_modification, mettre_a_jour, retirer_modification
from jalon.dossiers.actions.operations import demander_dossier_complet, demander_operation, ouvrir_fichier_des_pieces
from jalon.dossiers.actions.pieces import deposer_piece, ouvrir_piece, retirer_piece
from jalon.dossiers.actions.porte_documents import garder_piece, prendre_piece
from jalon.dossiers.actions.portefeuilles import suivi_d_une_suite, suivi_de_la_table, suivre_le_dossier, suivre_les_portefeuilles
from jalon.dossiers.actions.saisie import Enregistrement, enregistrer_section
from jalon.dossiers.actions.salaries import inscrire_salaries, reprendre_salaries
from jalon.dossiers.actions.scission import scinder_dossier
from jalon.dossiers.actions.sensibles import reveler_case
from jalon.dossiers.actions.telechargements import noter_telechargement
from jalon.dossiers.actions.transmission import transmettre_dossier

__all__ = [
    "Enregistrement",
    "FichierJoint",
    "LignesImportees",
    "annuler_dossier",
    "completer_dossier",
    "confier_echange",
    "creer_brouillon",
    "demander_dossier_complet",
    "demander_modification",
    "demander_operation",
    "deposer_piece",
    "dupliquer_dossier",
    "ecrire_message",
    "enregistrer_section",
    "garder_piece",
    "importer_lignes",
    "imprimer_formulaire",
    "inscrire_salaries",
    "lire_page_d_apercu",
    "marquer_messages_lus",
    "mettre_a_jour",
    "noter_telechargement",
    "ouvrir_apercu",
    "ouvrir_fichier_des_pieces",
    "ouvrir_jointe",
    "ouvrir_piece",
    "prendre_piece",
    "relancer_opco",
    "relire_formulaire",
    "reporter_accord",
    "reporter_montants",
    "reprendre_salaries",
    "retirer_modification",
    "retirer_piece",
    "reveler_case",
    "scinder_dossier",
    "solder_dossier",
    "suivi_d_une_suite",
    "suivi_de_la_table",
    "suivre_le_dossier",
    "suivre_les_portefeuilles",
    "supprimer_brouillon",
    "transmettre_dossier",
]
