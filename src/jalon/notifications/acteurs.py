"""Who reads: a person rebuilt with her rights of the moment. `habilitations` registers how."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from jalon.socle.acteurs import Acteur

Reconstruire = Callable[[UUID, str | None, datetime], Acteur | None]


class _Branchement:
    reconstruire: Reconstruire | None = None


def declarer_acteurs(reconstruire: Reconstruire) -> None:
    """Register what reads the rights of a person at an instant; None when her account is closed or cut."""
    _Branchement.reconstruire = staticmethod(reconstruire)


def acteur_de(personne_id: UUID, maintenant: datetime) -> Acteur | None:
    """The person as she is at that instant; None when she may do nothing."""
    return _Branchement.reconstruire(personne_id, None, maintenant) if _Branchement.reconstruire else None
