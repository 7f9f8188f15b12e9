"""Waves of trials of several at once (`vagues.deux_cents`)."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def vague(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells how many trials a wave made, once it is over without a violation."""
    rang, combien, essais = request.param
    yield
    print(f"R7 : {request.node.originalname}, vague {rang} sur {combien}, {essais} essais")  # noqa: T201
