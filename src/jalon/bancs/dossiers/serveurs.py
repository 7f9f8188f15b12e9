"""Servers of the bench: started and stopped by their own number, with the processor time that they and PostgreSQL use."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.bancs.dossiers.client import Fil, Reponse, ReponseIllisible

PATIENCE = 60.0
TIC = os.sysconf("SC_CLK_TCK")


class ServeurMuet(RuntimeError):
    """A server that we started does not answer."""


def port_libre() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@dataclass(frozen=True)
class Serveur:
    """One Granian and its workers."""

    port: int
    processus: "subprocess.Popen[bytes]"

    @classmethod
    def lancer(
        cls,
        commande: Sequence[str],
        port: int,
        environnement: Mapping[str, str],
        journal: Path,
        avant: Callable[[], None] | None = None,
    ) -> "Serveur":
        """Start it in a session of its own; `avant` runs in the child, before the command."""
        with journal.open("ab") as sortie:
            processus = subprocess.Popen(
                commande,
                env=dict(environnement),
                stdout=sortie,
                stderr=sortie,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=avant,  # noqa: PLW1509 - given by our own command, before any thread
            )
        return cls(port, processus)

    def attendre(self, octets: bytes, fois: int = 1) -> None:
        """Wait until this request was answered 200 so many times in a row, each on a new connection. Raises ServeurMuet."""
        fin, suite = time.monotonic() + PATIENCE, 0
        while suite < fois:
            reponse = self._essayer(octets)
            suite = suite + 1 if reponse is not None and reponse.statut == 200 else 0
            if not suite:
                if time.monotonic() > fin or self.processus.poll() is not None:
                    ligne = octets.partition(b"\r\n")[0].decode()
                    raise ServeurMuet(f"Le serveur du port {self.port} ne répond pas à « {ligne} ».")
                time.sleep(0.05)

    def _essayer(self, octets: bytes) -> Reponse | None:
        fil = Fil(self.port)
        try:
            return fil.demander(octets)
        except (OSError, ReponseIllisible):
            return None
        finally:
            fil.fermer()

    def arreter(self) -> None:
        """Stop it, politely then not; its workers are of its group."""
        for numero, delai in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.processus.pid, numero)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.processus.wait(delai)
                break
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.processus.pid, signal.SIGKILL)


def secondes_de_processeur(racine: int) -> float:
    """Processor time used so far by a process, its descendants, and those of them that ended."""
    enfants: dict[int, list[int]] = {}
    temps: dict[int, int] = {}
    for dossier in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            champs = (dossier / "stat").read_text().rpartition(")")[2].split()
            pid = int(dossier.name)
            enfants.setdefault(int(champs[1]), []).append(pid)
            temps[pid] = sum(int(c) for c in champs[11:15])
    total, a_voir = 0, [racine]
    while a_voir:
        pid = a_voir.pop()
        total += temps.get(pid, 0)
        a_voir += enfants.get(pid, [])
    return total / TIC
