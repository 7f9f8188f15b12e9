"""The server, once for the folder; each test gives it its instructions."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from pytest_django import Settings

from jalon.socle.openid import Openid
from tests.openid.serveur import ACR, CLIENT, SECRET

Consigne = Callable[..., None]
RETOUR = "http://localhost:8000/compte/openid/retour/"


@pytest.fixture(scope="session")
def emetteur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and folder of a server in its own process."""
    dossier = tmp_path_factory.mktemp("openid")
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    adresse = f"http://127.0.0.1:{port}"
    _ecrire(dossier, adresse)
    environnement = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    processus = subprocess.Popen(
        [sys.executable, "-m", "tests.openid.serveur", str(port), str(dossier), RETOUR], env=environnement
    )
    limite = time.monotonic() + 60
    while not (dossier / "pret").exists():
        assert processus.poll() is None, "le serveur d’identité n’a pas démarré"
        assert time.monotonic() < limite
        time.sleep(0.05)
    yield adresse, dossier
    processus.terminate()
    processus.wait(10)


def _ecrire(dossier: Path, adresse: str, **voulu: Any) -> None:
    consigne = {"emetteur": adresse, "qui": "aline", "defaut": "", "acr": ACR, "cle": "a", **voulu}
    provisoire = dossier / "consigne.tmp"
    provisoire.write_text(json.dumps(consigne))
    provisoire.replace(dossier / "consigne.json")


@pytest.fixture
def consigne(emetteur: tuple[str, Path], settings: Settings) -> Consigne:
    """Configure the product for that server; call it to change who is there and what goes wrong."""
    adresse, dossier = emetteur
    settings.JALON_OPENID = Openid(adresse, CLIENT, SECRET, (ACR, "eidas3"), "ProConnect")
    caches["processus"].clear()
    _ecrire(dossier, adresse)
    return lambda **voulu: _ecrire(dossier, adresse, **voulu)
