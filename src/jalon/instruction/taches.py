"""Jobs: each calls one action."""

from uuid import UUID

from jalon.instruction import actions
from jalon.instruction.actions.automatiques import TACHE_DECISION
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(TACHE_DECISION)
def decider_automatiquement(*, dossier_id: str) -> None:
    """Grant one request, if it passes every check and the OPCO lets the portal do it."""
    actions.decider_automatiquement(dossier_id=UUID(dossier_id), maintenant=maintenant())


@tache_periodique("instruction.prevenir_du_silence", "11 * * * *")
def prevenir_du_silence() -> None:
    """Every hour: delays about to end, and those that ended at midnight in Paris."""
    actions.prevenir_du_silence(maintenant=maintenant())
