"""Storages of their own for each test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def coffre_des_exports(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the storage, empty."""
    dossier = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "exports"}}
    settings.STORAGES = {**settings.STORAGES, "exports": dossier}
    return tmp_path / "exports"
