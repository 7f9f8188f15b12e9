"""A clamd that speaks its protocol, or fails in the ways a real one does."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.pieces.fabrique import EICAR


class _Demande(socketserver.StreamRequestHandler):
    server: "FauxClamd"

    def handle(self) -> None:
        commande = self.rfile.readline().strip()
        self.server.demandes.append(commande.decode())
        if self.server.mode == "muet":
            self.server.fin.wait(30)
            return
        if commande == b"nVERSION":
            self.wfile.write(self.server.version.encode() + b"\n")
        elif commande == b"nINSTREAM":
            self._flux()

    def _flux(self) -> None:
        contenu = bytearray()
        while taille := struct.unpack("!L", self.rfile.read(4))[0]:
            contenu += self.rfile.read(taille)
        self.server.recus.append(bytes(contenu))
        reponses = {
            "ordures": b"\xff\xfe bonjour\n",
            "erreur": b"stream: Can't allocate memory ERROR\n",
            "limite": b"INSTREAM size limit exceeded. ERROR\n",
            "vide": b"",
        }
        if self.server.mode == "moitie":
            self.wfile.write(b"stream: O")
            self.wfile.flush()
            self.server.fin.wait(30)
        elif self.server.mode in reponses:
            self.wfile.write(reponses[self.server.mode])
        elif EICAR.encode() in contenu or self.server.mode == "infecte":
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\n")
        else:
            self.wfile.write(b"stream: OK\n")


class FauxClamd(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on a free local port, or on a Unix socket; `mode` may change while it runs."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, mode: str, chemin: Path | None = None) -> None:
        self.address_family = socket.AF_UNIX if chemin else socket.AF_INET
        adresse: Any = str(chemin) if chemin else ("127.0.0.1", 0)
        super().__init__(adresse, _Demande)
        self.mode = mode
        self.version = version_du(datetime.now(UTC))
        self.demandes: list[str] = []
        self.recus: list[bytes] = []
        self.fin = threading.Event()

    @property
    def adresse(self) -> str:
        """What CLAMAV_ADRESSE holds."""
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is expected here."""


def version_du(quand: datetime, numero: str = "27500") -> str:
    """The answer of a clamd with an official base of that date."""
    return f"ClamAV 1.4.6/{numero}/{quand:%a %b %d %H:%M:%S %Y}"


@contextmanager
def faux_clamd(mode: str = "normal", chemin: Path | None = None) -> Iterator[FauxClamd]:
    """A running server, stopped at the end."""
    serveur = FauxClamd(mode, chemin)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    try:
        yield serveur
    finally:
        serveur.fin.set()
        serveur.shutdown()
        serveur.server_close()
        fil.join(5)


def adresse_fermee() -> str:
    """An address where nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Demande) as serveur:
        return f"127.0.0.1:{serveur.server_address[1]}"


class Chronometre:
    """Seconds between the two ends of a `with`."""

    secondes = 0.0

    def __enter__(self) -> "Chronometre":
        self._debut = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.secondes = time.monotonic() - self._debut
