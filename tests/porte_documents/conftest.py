"""Receptions without the process of the inspection, which has its own tests."""

import pytest

from jalon.pieces.actions import documents
from jalon.pieces.examen import Examen


@pytest.fixture
def sans_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is kept as it comes; names, first bytes and sizes are judged."""
    monkeypatch.setattr(documents, "examiner", lambda octets, *_, **__: Examen(None, octets))
