"""Storages of their own for each test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def coffres(settings: Settings, tmp_path: Path) -> Path:
    """Folders of the storages, empty."""
    dossier = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "pieces": {"BACKEND": dossier, "OPTIONS": {"location": tmp_path / "pieces"}},
        "apercus": {"BACKEND": dossier, "OPTIONS": {"location": tmp_path / "apercus"}},
        "operations": {"BACKEND": dossier, "OPTIONS": {"location": tmp_path / "operations"}},
        "editions": {"BACKEND": dossier, "OPTIONS": {"location": tmp_path / "editions"}},
    }
    return tmp_path
