"""`jalon demo`: everything a newcomer needs, started, watched and stopped together.

PostgreSQL, the web server and a worker are children that die with this process (even by kill -9); each is started
again if it stops. A lock on the folder keeps a second demonstration from harming the first.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import click

from jalon.config.embarque import Grappe, GrappeImpossible, mourir_avec_le_parent
from jalon.config.environnement import DOSSIER_VAR, RACINE
from jalon.config.preparation import PreparationImpossible, preparer

BASE = "jalon"
SECRETS = ("SECRET_KEY", "JALON_CLES", "JALON_CLE_EMPREINTES")


class Arret(BaseException):
    """Asked to stop by Ctrl-C or SIGTERM."""


def _demander_arret(numero: int, cadre: FrameType | None) -> None:
    raise Arret


class Demonstration:
    """The processes of one demonstration folder."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.dossier = DOSSIER_VAR / "demo"
        self.grappe: Grappe | None = None
        self.enfants: dict[str, subprocess.Popen[bytes]] = {}
        self.environnement: dict[str, str] = {}

    def verrouiller(self) -> None:
        """Take the lock of the folder, or say who has it."""
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._verrou = (self.dossier / "verrou").open("a+")
        try:
            fcntl.flock(self._verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._verrou.seek(0)
            ou = self._verrou.read().strip() or "une adresse encore inconnue"
            raise click.UsageError(f"Une démonstration tourne déjà dans ce dossier : {ou}. Rien n’a été modifié.") from None
        self._verrou.truncate(0)
        self._verrou.write(self.url)
        self._verrou.flush()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def preparer_environnement(self) -> None:
        """Secrets made once and kept; the same variables for every child."""
        fichier = self.dossier / "secrets.json"
        if not fichier.exists():
            _ecrire_prive(fichier, json.dumps({nom: secrets.token_urlsafe(48) for nom in SECRETS}))
        valeurs = json.loads(fichier.read_text())
        if "DATABASE_URL" in os.environ:
            base = os.environ["DATABASE_URL"]
            proprietaire = os.environ.get("DATABASE_URL_PROPRIETAIRE", base)
        else:
            self.grappe = Grappe(DOSSIER_VAR / "postgresql")
            base, proprietaire = self.grappe.url("jalon_app", BASE), self.grappe.url("jalon_proprietaire", BASE)
        self.environnement = {
            **valeurs,
            "JALON_DEMO": "1",
            "JALON_URL": self.url,
            "JALON_HOTES": "localhost,127.0.0.1",
            "JALON_VAR": str(DOSSIER_VAR),
            "PORT": str(self.port),
            "DATABASE_URL": base,
            "DATABASE_URL_PROPRIETAIRE": proprietaire,
        }
        os.environ.update(self.environnement)
        _ecrire_prive(self.dossier / "environnement.json", json.dumps(self.environnement))

    def demarrer_base(self) -> None:
        """Start the embedded PostgreSQL (unless DATABASE_URL names another), then migrate and load once per version."""
        if self.grappe is not None:
            self.grappe.initialiser()
            self.grappe.demarrer()
        temoin = self.dossier / "charge"
        empreinte = _empreinte_du_produit(self.environnement["DATABASE_URL"])
        if temoin.exists() and temoin.read_text() == empreinte:
            return
        click.echo("Préparation de la base et des comptes fictifs…")
        administration = self.grappe.url("postgres", "postgres") if self.grappe else None
        preparer(self.environnement["DATABASE_URL_PROPRIETAIRE"], self.environnement["DATABASE_URL"], administration)
        self._commande("django", "collectstatic", "--no-input", "-v", "0")
        self._commande("django", "charger_demonstration")
        temoin.write_text(empreinte)

    def _commande(self, *arguments: str) -> None:
        resultat = subprocess.run(
            [sys.executable, "-m", "jalon.cli", *arguments], capture_output=True, text=True, check=False
        )
        if resultat.returncode != 0:
            raise PreparationImpossible(f"« jalon {' '.join(arguments)} » a échoué : {resultat.stderr.strip()[-2000:]}")

    def lancer(self, nom: str) -> None:
        """Start one child, with its log."""
        arguments = {"serveur": ("serve", "--port", str(self.port)), "travaux": ("worker",)}[nom]
        with (self.dossier / f"{nom}.log").open("ab") as journal:
            self.enfants[nom] = subprocess.Popen(
                [sys.executable, "-m", "jalon.cli", *arguments],
                stdout=journal,
                stderr=journal,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=mourir_avec_le_parent(signal.SIGTERM),
            )

    def attendre_pret(self, delai: float = 60) -> None:
        """Wait until the server answers."""
        fin = time.monotonic() + delai
        while time.monotonic() < fin:
            with contextlib.suppress(urllib.error.URLError, OSError):
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as reponse:
                    if reponse.status == 200:
                        return
            if self.enfants["serveur"].poll() is not None:
                break
            time.sleep(0.05)
        raise PreparationImpossible(f"Le serveur ne répond pas : voir {self.dossier / 'serveur.log'}")

    def surveiller(self) -> None:
        """Start again what stops, until asked to stop."""
        while True:
            time.sleep(0.5)
            if self.grappe is not None and not self.grappe.tourne():
                with contextlib.suppress(GrappeImpossible):
                    self.grappe.demarrer()
            for nom, enfant in list(self.enfants.items()):
                if enfant.poll() is not None:
                    _achever_groupe(enfant)
                    self.lancer(nom)

    def arreter(self) -> None:
        """Stop the children, the database last."""
        for enfant in self.enfants.values():
            with contextlib.suppress(ProcessLookupError):
                enfant.send_signal(signal.SIGTERM)
        for enfant in self.enfants.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                enfant.wait(15)
            _achever_groupe(enfant)
        if self.grappe is not None:
            self.grappe.arreter()


def _achever_groupe(enfant: subprocess.Popen[bytes]) -> None:
    """End what a child left behind in its own session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(enfant.pid, signal.SIGKILL)


def _ecrire_prive(fichier: Path, texte: str) -> None:
    fichier.touch(mode=0o600)
    fichier.write_text(texte)


def _empreinte_du_produit(base: str) -> str:
    """Changes when a migration, packaged data, a static file or the cast changes."""
    condense = hashlib.sha256(base.encode())
    racine = RACINE / "src" / "jalon"
    motifs = ("*/migrations/*.py", "*/donnees/*", "web/static/**/*", "demo/**/*")
    for fichier in sorted(f for motif in motifs for f in racine.glob(motif) if f.is_file() and f.suffix != ".pyc"):
        condense.update(str(fichier.relative_to(racine)).encode())
        condense.update(fichier.read_bytes())
    return condense.hexdigest()


def _port_libre(port: int) -> bool:
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@click.command("demo")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535), help="Port d’écoute.")
def commande(port: int) -> None:
    """Démarre la démonstration, ouverte à cette seule machine. Ctrl-C arrête tout."""
    demonstration = Demonstration(port)
    demonstration.verrouiller()
    if not _port_libre(port):
        raise click.UsageError(f"Le port {port} est occupé. Choisissez-en un autre : PORT=8001 bin/demo")
    for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(numero, _demander_arret)
    try:
        demonstration.preparer_environnement()
        demonstration.demarrer_base()
        demonstration.lancer("serveur")
        demonstration.lancer("travaux")
        demonstration.attendre_pret()
        click.echo(f"Jalon est prêt : {demonstration.url}")
        click.echo(f"Les comptes de la démonstration : {demonstration.url}/demo/comptes   (Ctrl-C pour arrêter)")
        demonstration.surveiller()
    except Arret:
        click.echo("Arrêt de la démonstration…")
    except (GrappeImpossible, PreparationImpossible) as erreur:
        raise click.UsageError(str(erreur)) from erreur
    finally:
        for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(numero, signal.SIG_IGN)
        demonstration.arreter()
