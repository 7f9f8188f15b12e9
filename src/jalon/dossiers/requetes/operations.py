"""Acts on many requests, as who asked for them follows them."""

from uuid import UUID

from jalon.dossiers.models import OperationEnNombre
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable


def operation_accessible(operation_id: UUID, acteur: Acteur, siren: str | None = None) -> OperationEnNombre:
    """Hers, asked in that space. Raises Introuvable."""
    trouvees = OperationEnNombre.objects.visibles_par(acteur).filter(pk=operation_id)
    operation: OperationEnNombre | None = (trouvees if siren is None else trouvees.filter(siren=siren)).first()
    if operation is None:
        raise Introuvable
    return operation
