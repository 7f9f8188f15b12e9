"""One demonstration folder, prepared once, started again by each test as a newcomer would."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

RESERVES = {"DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "JALON_VAR", "JALON_URL", "JALON_HOTES", "JALON_DEMO", "PORT"}
SECRETS = {"SECRET_KEY", "JALON_CLES", "JALON_CLE_EMPREINTES"}


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def attendre(condition: Callable[[], object], quoi: str, delai: float) -> None:
    """Poll until true."""
    fin = time.monotonic() + delai
    while not condition():
        assert time.monotonic() < fin, quoi
        time.sleep(0.05)


def processus_de(dossier: Path) -> dict[int, str]:
    """Every living process of that demonstration, whoever its parent is: the variable is handed down."""
    marque = f"JALON_VAR={dossier}".encode()
    trouves = {}
    for processus in Path("/proc").glob("[0-9]*"):
        try:
            if marque in (processus / "environ").read_bytes().split(b"\0"):
                trouves[int(processus.name)] = (processus / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return trouves


@dataclass
class Folder:
    """A folder and how to start it."""

    dossier: Path
    environnement: dict[str, str]

    def lancer(self, port: int, journal: Path) -> "subprocess.Popen[bytes]":
        """`jalon demo`, leader of its own process group, as a terminal would have it."""
        with journal.open("wb") as sortie:
            return subprocess.Popen(
                [sys.executable, "-m", "jalon.cli", "demo"],
                env={**self.environnement, "PORT": str(port)},
                stdout=sortie,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @contextmanager
    def demonstration(self, journal: Path, delai: float = 60) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
        """A demonstration that is ready; whatever is left of it is ended."""
        port = port_libre()
        enfant = self.lancer(port, journal)
        try:
            attendre(lambda: "prêt" in journal.read_text() or enfant.poll() is not None, "démarrage trop long", delai)
            assert enfant.poll() is None, journal.read_text()
            yield enfant, port
        finally:
            if enfant.poll() is None:
                enfant.send_signal(signal.SIGTERM)
            enfant.wait(60)
            attendre(lambda: not processus_de(self.dossier), "des processus restent", 30)

    def jalon(self, *arguments: str, **plus: str) -> "subprocess.CompletedProcess[str]":
        """One command beside the demonstration."""
        commande = [sys.executable, "-m", "jalon.cli", *arguments]
        return subprocess.run(
            commande, env={**self.environnement, **plus}, capture_output=True, text=True, check=False, timeout=120
        )


def environnement_de(dossier: Path) -> dict[str, str]:
    """What a newcomer's shell has: nothing of ours but the folder."""
    herite = {nom: valeur for nom, valeur in os.environ.items() if nom not in RESERVES | SECRETS}
    return {**herite, "JALON_VAR": str(dossier)}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder whose first start has been made and stopped."""
    dossier = tmp_path_factory.mktemp("coquille") / "var"
    folder = Folder(dossier, environnement_de(dossier))
    with folder.demonstration(dossier.parent / "premier.log", delai=240):
        pass
    return folder


def repond(port: int, chemin: str = "/healthz") -> bool:
    """Whether an address answers 200."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{chemin}", timeout=5) as reponse:
            return reponse.status == 200
    except (urllib.error.URLError, OSError):
        return False
