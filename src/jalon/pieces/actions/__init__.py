"""Writes about documents and their previews."""

from jalon.pieces.actions.apercus import (
    TACHE_APERCU,
    demander_apercu,
    dessiner_apercu,
    oublier_apercu,
    retirer_pages_orphelines,
)
from jalon.pieces.actions.documents import (
    TACHE_ANALYSE,
    AntivirusIndisponible,
    analyser_document,
    deposer_document,
    relancer_analyses,
    retenir_document,
    retirer_orphelins,
    supprimer_document,
)

__all__ = [
    "TACHE_ANALYSE",
    "TACHE_APERCU",
    "AntivirusIndisponible",
    "analyser_document",
    "demander_apercu",
    "deposer_document",
    "dessiner_apercu",
    "oublier_apercu",
    "relancer_analyses",
    "retenir_document",
    "retirer_orphelins",
    "retirer_pages_orphelines",
    "supprimer_document",
]
