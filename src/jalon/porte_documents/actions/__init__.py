"""Writes of the porte-documents."""

from jalon.porte_documents.actions.fiches import ajouter_document, garder_document, modifier_document, retirer_document
from jalon.porte_documents.actions.fichiers import lire_page_d_apercu, ouvrir_apercu, ouvrir_document, remplacer_fichier

__all__ = [
    "ajouter_document",
    "garder_document",
    "lire_page_d_apercu",
    "modifier_document",
    "ouvrir_apercu",
    "ouvrir_document",
    "remplacer_fichier",
    "retirer_document",
]
