"""Jobs of the documents."""

from uuid import UUID

from jalon.pieces import actions
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(actions.TACHE_ANALYSE)
def analyser_document(*, document_id: str) -> None:
    """Ask the antivirus about one document."""
    actions.analyser_document(document_id=UUID(document_id), maintenant=maintenant())


@tache(actions.TACHE_APERCU)
def dessiner_apercu(*, document_id: str) -> None:
    """Draw the first pages of one document."""
    actions.dessiner_apercu(document_id=UUID(document_id), maintenant=maintenant())


@tache_periodique("pieces.relancer_analyses", "23 * * * *")
def relancer_analyses() -> None:
    """Every hour: documents still waiting."""
    actions.relancer_analyses(maintenant=maintenant())


@tache_periodique("pieces.retirer_orphelins", "41 2 * * *")
def retirer_orphelins() -> None:
    """Every night: contents without a row."""
    actions.retirer_orphelins()
    actions.retirer_pages_orphelines()
