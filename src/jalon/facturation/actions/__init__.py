"""Writes about invoices."""

from jalon.facturation.actions.depot import Fichier, annuler_facture, deposer_facture
from jalon.facturation.actions.documents import ouvrir_document
from jalon.facturation.actions.paiement import marquer_reglees, mettre_en_paiement, retirer_du_paiement
from jalon.facturation.actions.traitement import accepter_facture, actualiser_coordonnees, rejeter_facture

__all__ = [
    "Fichier",
    "accepter_facture",
    "actualiser_coordonnees",
    "annuler_facture",
    "deposer_facture",
    "marquer_reglees",
    "mettre_en_paiement",
    "ouvrir_document",
    "rejeter_facture",
    "retirer_du_paiement",
]
