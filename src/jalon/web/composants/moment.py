"""The day, read once per request: a page of 25 rows shows 25 dates, and the clock of the demonstration is a query."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from jalon.socle.horloge import aujourdhui

_jour: ContextVar[list[date] | None] = ContextVar("jour", default=None)


@contextmanager
def un_seul_jour() -> Iterator[None]:
    """Inside, `ce_jour` asks the clock at most once."""
    jeton = _jour.set([])
    try:
        yield
    finally:
        _jour.reset(jeton)


def ce_jour() -> date:
    """Today in Paris."""
    garde = _jour.get()
    if garde is None:
        return aujourdhui()
    if not garde:
        garde.append(aujourdhui())
    return garde[0]
