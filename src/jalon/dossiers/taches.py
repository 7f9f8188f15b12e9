"""Jobs: each calls actions."""

from uuid import UUID

from jalon.dossiers.actions import operations
from jalon.socle.horloge import maintenant
from jalon.socle.travaux import tache, tache_periodique


@tache(operations.TACHE)
def operation_en_nombre(*, operation_id: str) -> None:
    """One request after the other; the clock and the rights are read for each."""
    while operations.avancer_operation(operation_id=UUID(operation_id), maintenant=maintenant()):
        pass


@tache_periodique("dossiers.effacer_les_fichiers", "27 * * * *")
def effacer_les_fichiers() -> None:
    """Files of documents older than a day."""
    operations.effacer_les_fichiers(maintenant=maintenant())
