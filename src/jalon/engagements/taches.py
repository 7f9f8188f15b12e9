"""Jobs of the agreements."""

from uuid import UUID

from jalon.engagements import actions
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache


@tache(actions.TACHE_ACCORD)
def produire_accord(*, engagement_id: str) -> None:
    """Typeset one agreement."""
    actions.produire_accord(engagement_id=UUID(engagement_id), maintenant=maintenant())
