"""Reads about batches and payments."""

from jalon.reglements.requetes.listes import FiltreReglements, lire_reglements
from jalon.reglements.requetes.lots import (
    a_faire,
    alertes_de,
    factures_a_payer,
    liste_lots,
    lot_accessible,
    virements_de,
)
from jalon.reglements.requetes.visibles import (
    PageReglements,
    Reglement,
    derniers_reglements,
    reglement_de,
    reglements_du_dossier,
    reglements_visibles,
)

__all__ = [
    "FiltreReglements",
    "PageReglements",
    "Reglement",
    "a_faire",
    "alertes_de",
    "derniers_reglements",
    "factures_a_payer",
    "lire_reglements",
    "liste_lots",
    "lot_accessible",
    "reglement_de",
    "reglements_du_dossier",
    "reglements_visibles",
    "virements_de",
]
