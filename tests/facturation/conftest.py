"""Documents of these tests are not inspected: `pieces` tests the inspection."""

import pytest

from tests.facturation.outils import document_leger


@pytest.fixture(autouse=True)
def _documents_legers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "documents_reels" not in request.keywords and "documents_reels" not in request.fixturenames:
        monkeypatch.setattr("jalon.facturation.actions.depot.deposer_document", document_leger)


@pytest.fixture
def documents_reels() -> None:
    """Asked by the tests that send real files through the inspection."""
