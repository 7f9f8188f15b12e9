"""A small SMTP server whose moods are chosen by the test."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Humeur:
    """How the server behaves; `recus` are the messages that it has accepted."""

    accueil: str = "220 faux"
    destinataire: str = "250 ok"
    donnees: str = "250 accepté"
    attente: float = 0
    couper_apres_acceptation: bool = False
    recus: list[tuple[list[str], bytes]] = field(default_factory=list)
    connexions: int = 0
    a_recu: threading.Event = field(default_factory=threading.Event)


class _Session(socketserver.StreamRequestHandler):
    timeout = 30

    def _dire(self, ligne: str) -> None:
        self.wfile.write(f"{ligne}\r\n".encode())
        self.wfile.flush()

    def handle(self) -> None:
        humeur: Humeur = self.server.humeur  # type: ignore[attr-defined]
        humeur.connexions += 1
        self._dire(humeur.accueil)
        destinataires: list[str] = []
        while ligne := self.rfile.readline():
            verbe = ligne[:4].upper().strip()
            if verbe == b"DATA":
                self._dire("354 allez")
                corps = b"".join(iter(self.rfile.readline, b".\r\n"))
                humeur.a_recu.set()
                time.sleep(humeur.attente)
                if humeur.donnees.startswith("250"):
                    humeur.recus.append((destinataires, corps))
                if humeur.couper_apres_acceptation:
                    return
                self._dire(humeur.donnees)
            elif verbe == b"RCPT":
                destinataires.append(ligne.decode().partition(":")[2].strip())
                self._dire(humeur.destinataire)
            elif verbe == b"QUIT":
                self._dire("221 au revoir")
                return
            else:
                self._dire("250 ok")


class _Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def faux_smtp(humeur: Humeur) -> Iterator[str]:
    """Serve on a free port; gives the SMTP_URL."""
    with _Serveur(("127.0.0.1", 0), _Session) as serveur:
        serveur.humeur = humeur  # type: ignore[attr-defined]
        fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        fil.start()
        try:
            yield f"smtp://127.0.0.1:{serveur.server_address[1]}"
        finally:
            serveur.shutdown()
            fil.join(timeout=30)
            assert not fil.is_alive()
