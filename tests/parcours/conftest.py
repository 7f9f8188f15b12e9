"""One real demonstration for all journeys; the database stays closed to them."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.parcours.outils import Produit, attendre

RESERVES = (
    "DATABASE_URL",
    "DATABASE_URL_PROPRIETAIRE",
    "JALON_URL",
    "JALON_HOTES",
    "SECRET_KEY",
    "JALON_CLES",
    "JALON_CLE_EMPREINTES",
)


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@pytest.fixture(autouse=True)
def _sans_base(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whatever a journey asks for, it reads pages, PDF files and the mailbox only."""
    with django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def produit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Produit]:
    """`jalon demo` in an empty folder, on a free port, stopped at the end."""
    dossier = tmp_path_factory.mktemp("demo")
    port = _port_libre()
    environnement = {nom: v for nom, v in os.environ.items() if nom not in RESERVES}
    environnement |= {"JALON_VAR": str(dossier), "PORT": str(port)}
    journal = (dossier / "demo.log").open("wb")
    enfant = subprocess.Popen(
        [sys.executable, "-m", "jalon.cli", "demo"], env=environnement, stdout=journal, stderr=journal, start_new_session=True
    )
    url = f"http://localhost:{port}"

    def pret() -> str | None:
        assert enfant.poll() is None, (dossier / "demo.log").read_text()
        return url if "prêt" in (dossier / "demo.log").read_text() else None

    try:
        attendre(pret, "démarrage de la démonstration", delai=300)
        urllib.request.urlopen(f"{url}/healthz", timeout=60).close()  # noqa: S310
        yield Produit(url, Path(dossier), environnement)
    finally:
        enfant.terminate()
        enfant.wait(60)
        journal.close()
