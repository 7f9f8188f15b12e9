"""Acts on many requests, as who asked for them follows them."""

from uuid import UUID

from jalon.dossiers.models import OperationEnNombre
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable


def operation_accessible(operation_id: UUID, acteur: Acteur) -> OperationEnNombre:
    """Hers, wherever she asked for it. Raises Introuvable."""
    operation: OperationEnNombre | None = OperationEnNombre.objects.visibles_par(acteur).filter(pk=operation_id).first()
    if operation is None:
        raise Introuvable
    return operation
