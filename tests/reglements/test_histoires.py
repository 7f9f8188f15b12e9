"""Random histories (exigences, R6, S4): no payment inside the hold, to a frozen account, twice, or above the grant."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reglements.machine import Argent, Monde

pytestmark = pytest.mark.django_db


def jouer(histoires: int, pas: int) -> None:
    """Play so many histories from one world."""
    machine = type("Histoires", (Argent,), {"monde": Monde.creer()})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=histoires,
            stateful_step_count=pas,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_80_histoires_ne_detournent_pas_un_centime() -> None:
    jouer(80, 15)


@pytest.mark.nuit
def test_10_000_histoires_ne_detournent_pas_un_centime() -> None:
    jouer(10_000, 30)
