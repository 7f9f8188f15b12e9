"""A declared event of the tests, known to the product while they run."""

import pytest

from jalon.journal import libelles
from jalon.notifications import annonces
from tests.notifications.fabrique import CODE, EssaiAnnonce


@pytest.fixture
def essai(monkeypatch: pytest.MonkeyPatch) -> EssaiAnnonce:
    monkeypatch.setattr(libelles, "_LIBELLES", {**libelles._LIBELLES, CODE: "Essai {nom} par {acteur}"})
    declaree = EssaiAnnonce()
    monkeypatch.setattr(annonces, "_ANNONCES", {**annonces._ANNONCES, CODE: declaree.annonce})
    return declaree
