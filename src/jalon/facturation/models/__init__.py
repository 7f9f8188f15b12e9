"""Tables of invoices, of what was paid in excess, and of what is known of providers."""

from jalon.facturation.models.factures import (
    ETATS_AVEC_COMPTE,
    ETATS_EN_COURS,
    CertificatRealisation,
    Facture,
)
from jalon.facturation.models.organismes import DeclarationActivite
from jalon.facturation.models.trop_percus import Remboursement, TropPercu

__all__ = [
    "ETATS_AVEC_COMPTE",
    "ETATS_EN_COURS",
    "CertificatRealisation",
    "DeclarationActivite",
    "Facture",
    "Remboursement",
    "TropPercu",
]
