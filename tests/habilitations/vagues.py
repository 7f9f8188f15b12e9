"""Trials of several at once, at least two hundred of each sort: one wave at each run, all of them with `bin/test --nuit`."""

from collections.abc import Callable
from math import ceil

import pytest

ESSAIS = 200


def deux_cents(par_vague: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Repeat a test that makes `par_vague` trials, each time in a database of its own, until there are two hundred."""
    combien = ceil(ESSAIS / par_vague)
    vagues = [pytest.param((1, combien, par_vague), id=f"vague 1 sur {combien}")] + [
        pytest.param((rang, combien, par_vague), id=f"vague {rang} sur {combien}", marks=pytest.mark.nuit)
        for rang in range(2, combien + 1)
    ]

    def repeter(essai: Callable[..., None]) -> Callable[..., None]:
        return pytest.mark.usefixtures("base_reelle", "vague")(pytest.mark.parametrize("vague", vagues, indirect=True)(essai))

    return repeter
