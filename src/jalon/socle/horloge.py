"""The only clock. Read by web, api, cli and jobs; actions receive `maintenant`."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from jalon.socle.dates import jour_de_paris


class _Horloge:
    decalage: Callable[[], timedelta] = staticmethod(timedelta)


def brancher_decalage(source: Callable[[], timedelta]) -> None:
    """Let the demonstration move the clock of every process; production never calls this."""
    _Horloge.decalage = staticmethod(source)


def maintenant() -> datetime:
    """Aware UTC instant."""
    return datetime.now(UTC) + _Horloge.decalage()


def heure_reelle(instant: datetime) -> datetime:
    """The instant of the machine's clock at which ours will show `instant`."""
    return instant - _Horloge.decalage()


def aujourdhui() -> date:
    """Calendar day in Paris."""
    return jour_de_paris(maintenant())
