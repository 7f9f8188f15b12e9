"""The one clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from jalon.socle import horloge


@pytest.fixture
def _decalage() -> Iterator[None]:
    avant = horloge._Horloge.decalage
    yield
    horloge.brancher_decalage(avant)


@pytest.mark.usefixtures("_decalage")
def test_l_horloge_avance_pour_la_demonstration() -> None:
    horloge.brancher_decalage(lambda: timedelta(hours=72))
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        assert horloge.maintenant() == datetime(2026, 11, 26, 12, tzinfo=UTC)
        assert horloge.heure_reelle(horloge.maintenant()) == datetime(2026, 11, 23, 12, tzinfo=UTC)
        assert horloge.aujourdhui() == date(2026, 11, 26)


@pytest.mark.usefixtures("_decalage")
@pytest.mark.parametrize(
    ("instant", "jour"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 7, 13, 22, 0, tzinfo=UTC), date(2026, 7, 14)),
    ],
)
def test_le_jour_est_celui_de_paris(instant: datetime, jour: date) -> None:
    horloge.brancher_decalage(timedelta)
    with time_machine.travel(instant, tick=False):
        assert horloge.aujourdhui() == jour
