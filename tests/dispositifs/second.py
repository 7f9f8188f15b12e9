"""A second dispositif of the plan, declared by the tests alone: there is only one of that family yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.registre import DISPOSITIFS

BILAN = replace(ACTION_FORMATION, code="bilan", lettres="BC", libelle="Bilan de compétences")


@contextmanager
def second_dispositif() -> Iterator[None]:
    """It is declared, after the others, as long as that lasts."""
    with patch.dict(DISPOSITIFS, {BILAN.code: BILAN}):
        yield
