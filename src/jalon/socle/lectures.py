"""What an answer lets somebody read: doors and lists say it in memory, the edge (web, API) counts it in one statement.

Outside a request no notebook is open, and saying costs nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from jalon.socle.acteurs import Acteur


@dataclass(frozen=True, slots=True)
class Lu:
    """An object read. `organisation`: SIREN through which it was seen, empty for the OPCO. `personnes`: 0 for a row of a list."""

    objet_id: UUID
    organisation: str = ""
    personnes: int = 1


@dataclass(slots=True)
class Carnet:
    """What one request has read, by whom."""

    acteur: Acteur | None = None
    lus: dict[tuple[UUID, bool], Lu] = field(default_factory=dict)


_carnet: ContextVar[Carnet | None] = ContextVar("carnet_de_lecture", default=None)


@contextmanager
def carnet_ouvert() -> Iterator[Carnet]:
    """The notebook of one request."""
    carnet = Carnet()
    jeton = _carnet.set(carnet)
    try:
        yield carnet
    finally:
        _carnet.reset(jeton)


def signaler(acteur: Acteur, lus: Iterable[Lu]) -> None:
    """Say that the actor is being handed these objects; the same one twice is said once."""
    carnet = _carnet.get()
    if carnet is None or acteur.identite is None:
        return
    carnet.acteur = acteur
    carnet.lus.update({(lu.objet_id, lu.personnes > 0): lu for lu in lus})
