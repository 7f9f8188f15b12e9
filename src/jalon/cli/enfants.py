"""Child processes of `jalon demo`: each in a session of its own, dying with us, remembered so that the next start can bury them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from jalon.config.embarque import mourir_avec_le_parent

COMMANDES = {"serveur": "serve", "travaux": "worker", "sceau": "sceller"}
SECONDES_POUR_S_ARRETER = 15


def _naissance(pid: int) -> str | None:
    """When a process was born (boot and clock tick): the same number is another process after a reboot."""
    try:
        tick = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {tick}"
    except (OSError, IndexError):
        return None


def _vivants(groupe: int) -> set[int]:
    """Members of a process group, zombies apart."""
    vivants = set()
    for processus in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            etat, _, pgid = (processus / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(pgid) == groupe and etat != "Z":
                vivants.add(int(processus.name))
    return vivants


def achever(groupes: set[int], delai: float = SECONDES_POUR_S_ARRETER) -> None:
    """Ask whole process groups to stop, then end what is left."""
    for numero, patience in ((signal.SIGTERM, delai), (signal.SIGKILL, 5.0)):
        for groupe in groupes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(groupe, numero)
        fin = time.monotonic() + patience
        while time.monotonic() < fin:
            if not any(_vivants(groupe) for groupe in groupes):
                return
            time.sleep(0.05)


class Enfants:
    """The processes of one demonstration; `registre` survives us."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.registre = dossier / "processus.json"
        self.processus: dict[str, subprocess.Popen[bytes]] = {}

    def enterrer_les_precedents(self) -> None:
        """End what a start killed by -9 has left behind. The caller holds the lock of the folder."""
        try:
            precedents: dict[str, str] = json.loads(self.registre.read_text())
        except (OSError, ValueError):
            return
        # A dead leader whose group lives on keeps its number; a living one must be the very process that we started.
        achever({int(pid) for pid, naissance in precedents.items() if _naissance(int(pid)) in {naissance, None}})
        self.registre.unlink(missing_ok=True)

    def lancer(self, nom: str, *arguments: str, **environnement: str) -> None:
        """Start one child, its output in a log of the folder; `environnement`: what it alone is told."""
        with (self.dossier / f"{nom}.log").open("ab") as journal:
            self.processus[nom] = subprocess.Popen(
                [sys.executable, "-m", "jalon.cli", COMMANDES[nom], *arguments],
                env={**os.environ, **environnement},
                stdout=journal,
                stderr=journal,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=mourir_avec_le_parent(signal.SIGTERM),  # noqa: PLW1509 - prctl alone, and we have no thread
            )
        nes = {str(p.pid): _naissance(p.pid) or "" for p in self.processus.values()}
        self.registre.write_text(json.dumps(nes))

    def tombes(self) -> list[str]:
        """Names of the children that have ended; what they left is ended too."""
        noms = [nom for nom, processus in self.processus.items() if processus.poll() is not None]
        achever({self.processus[nom].pid for nom in noms}, delai=0.5)
        return noms

    def arreter(self) -> None:
        """Stop all of them together."""
        for processus in self.processus.values():
            with contextlib.suppress(ProcessLookupError):
                processus.send_signal(signal.SIGTERM)
        fin = time.monotonic() + SECONDES_POUR_S_ARRETER
        for processus in self.processus.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                processus.wait(max(0.1, fin - time.monotonic()))
        achever({processus.pid for processus in self.processus.values()}, delai=0.5)
        for processus in self.processus.values():
            processus.wait()
        self.registre.unlink(missing_ok=True)
