"""What an upper app registers here in its AppConfig.ready(): the requests that name somebody, as their reader may see them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class Etape:
    """A training or a contract of somebody."""

    dossier_id: UUID
    libelle: str
    titre: str
    numero: str
    etat: str
    debut: date | None
    fin: date | None


Parcours = Callable[[Acteur, Collection[UUID]], list[Etape]]


class _Branchements:
    parcours: Parcours | None = None


def declarer_parcours(lire: Parcours) -> None:
    """Register who knows requests by their ids."""
    _Branchements.parcours = staticmethod(lire)


def parcours(acteur: Acteur, dossiers: Collection[UUID]) -> list[Etape]:
    """The requests of these ids that the actor may read, latest first."""
    return _Branchements.parcours(acteur, dossiers) if _Branchements.parcours and dossiers else []
