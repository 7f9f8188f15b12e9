"""The list of the tests, known to the product while they run, and no ready-made one."""

import pytest

from jalon.socle import listes
from tests.vues.fabrique import ListeDEssai


@pytest.fixture
def essais(monkeypatch: pytest.MonkeyPatch) -> ListeDEssai:
    monkeypatch.setattr(listes, "_LISTES", {})
    liste = ListeDEssai()
    liste.declarer()
    return liste
