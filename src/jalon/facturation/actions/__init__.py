"""Writes about invoices."""

from jalon.facturation.actions.depot import Fichier, annuler_facture, deposer_facture
from jalon.facturation.actions.documents import ouvrir_document
from jalon.facturation.actions.organismes import noter_declaration_activite
from jalon.facturation.actions.paiement import marquer_reglees, mettre_en_paiement, retirer_du_paiement
from jalon.facturation.actions.traitement import accepter_facture, actualiser_coordonnees, rejeter_facture
from jalon.facturation.actions.trop_percus import (
    confirmer_abandon,
    constater_trop_percus,
    ecarter_abandon,
    enregistrer_remboursement,
    proposer_abandon,
    reclamer_trop_percu,
)

__all__ = [
    "Fichier",
    "accepter_facture",
    "actualiser_coordonnees",
    "annuler_facture",
    "confirmer_abandon",
    "constater_trop_percus",
    "deposer_facture",
    "ecarter_abandon",
    "enregistrer_remboursement",
    "marquer_reglees",
    "mettre_en_paiement",
    "noter_declaration_activite",
    "ouvrir_document",
    "proposer_abandon",
    "reclamer_trop_percu",
    "rejeter_facture",
    "retirer_du_paiement",
]
