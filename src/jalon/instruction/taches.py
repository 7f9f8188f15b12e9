"""Jobs: each calls one action."""

from uuid import UUID

from jalon.instruction import actions
from jalon.instruction.actions.automatiques import TACHE_DECISION
from jalon.instruction.actions.niveaux import TACHE_NIVEAUX
from jalon.instruction.actions.reexamens import TACHE_REEXAMEN
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(TACHE_DECISION)
def decider_automatiquement(*, dossier_id: str) -> None:
    """Grant one request, if it passes every check and the OPCO lets the portal do it."""
    actions.decider_automatiquement(dossier_id=UUID(dossier_id), maintenant=maintenant())


@tache(TACHE_NIVEAUX)
def chercher_les_niveaux(*, apres_id: str) -> None:
    """A slice of the contracts granted for want of a level."""
    actions.chercher_les_niveaux(apres=UUID(apres_id) if apres_id else None, maintenant=maintenant())


@tache(TACHE_REEXAMEN)
def reexaminer(*, apres_id: str) -> None:
    """A slice of the requests that the portal may decide."""
    actions.reexaminer(apres=UUID(apres_id) if apres_id else None, maintenant=maintenant())


@tache_periodique("instruction.prevenir_du_silence", "11 * * * *")
def prevenir_du_silence() -> None:
    """Every hour: delays about to end, and those that ended at midnight in Paris."""
    actions.prevenir_du_silence(maintenant=maintenant())
