"""Reads about invoices."""

from jalon.facturation.debuts import debut_de, declaration_de
from jalon.facturation.echeances import reste_des_annexes, suivi_de
from jalon.facturation.requetes.a_facturer import AFacturer, a_facturer, a_faire, engagement_a_facturer, parts_a_facturer
from jalon.facturation.requetes.factures import (
    certificat_de,
    documents_de,
    doublons_possibles,
    ecarts_de,
    facture_accessible,
    historique_de,
)
from jalon.facturation.requetes.listes import FiltreFactures, Page, comptes_par_etat, lire_factures, liste_factures
from jalon.facturation.requetes.trop_percus import (
    remboursements_de,
    trop_percu_accessible,
    trop_percus,
    trop_percus_a_faire,
    trop_percus_de,
)

__all__ = [
    "AFacturer",
    "FiltreFactures",
    "Page",
    "a_facturer",
    "a_faire",
    "certificat_de",
    "comptes_par_etat",
    "debut_de",
    "declaration_de",
    "documents_de",
    "doublons_possibles",
    "ecarts_de",
    "engagement_a_facturer",
    "facture_accessible",
    "historique_de",
    "lire_factures",
    "liste_factures",
    "parts_a_facturer",
    "remboursements_de",
    "reste_des_annexes",
    "suivi_de",
    "trop_percu_accessible",
    "trop_percus",
    "trop_percus_a_faire",
    "trop_percus_de",
]
