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
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from jalon.cli.enfants import Enfants
from jalon.config.embarque import Grappe, GrappeImpossible
from jalon.config.environnement import DOSSIER_VAR, RACINE, lire
from jalon.config.preparation import PreparationImpossible, preparer

BASE = "jalon"
SECRETS = ("SECRET_KEY", "JALON_CLES", "JALON_CLE_EMPREINTES")
SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SOURCES = ("*/migrations/*.py", "*/donnees/*", "web/static/**/*", "demo/**/*.py", "referentiels/**/*.py")


class Arret(BaseException):
    """Asked to stop by Ctrl-C or SIGTERM."""


def _demander_arret(_numero: int, _cadre: FrameType | None) -> None:
    raise Arret


class Demonstration:
    """One demonstration folder."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://localhost:{port}"
        self.dossier = DOSSIER_VAR.absolute() / "demo"
        self.grappe: Grappe | None = None
        self.enfants = Enfants(self.dossier)
        self.environnement: dict[str, str] = {}
        self.sceau = os.environ.pop("DATABASE_URL_SCEAU", "")

    def verrouiller(self) -> None:
        """Take the lock of the folder, or say who has it."""
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._verrou = (self.dossier / "verrou").open("a+")
        try:
            fcntl.flock(self._verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._verrou.seek(0)
            ou = self._verrou.read().strip() or "une adresse encore inconnue"
            raise click.UsageError(f"Une démonstration tourne déjà dans ce dossier\u00a0: {ou}. Rien n’a été modifié.") from None
        self._verrou.truncate(0)
        self._verrou.write(self.url)
        self._verrou.flush()

    def exiger_le_port(self) -> None:
        """Raise UsageError when somebody else listens on the port."""
        with socket.socket() as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prise.bind(("127.0.0.1", self.port))
            except PermissionError:
                raise click.UsageError(
                    f"Le port {self.port} est réservé au système. Choisissez-en un autre\u00a0: PORT=8001 bin/demo"
                ) from None
            except OSError:
                raise click.UsageError(
                    f"Le port {self.port} est occupé. Choisissez-en un autre\u00a0: PORT={_suivant(self.port)} bin/demo"
                ) from None

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
            self.sceau = self.grappe.url("jalon_sceau", BASE)
        self.environnement = {
            **valeurs,
            "JALON_DEMO": "1",
            "JALON_URL": self.url,
            "JALON_HOTES": "localhost,127.0.0.1",
            "JALON_OPCO_IDCC": os.environ.get("JALON_OPCO_IDCC", "AKTO"),  # whose barème is packaged
            "JALON_VAR": str(DOSSIER_VAR.absolute()),
            "PORT": str(self.port),
            "DATABASE_URL": base,
            "DATABASE_URL_PROPRIETAIRE": proprietaire,
        }
        os.environ.update(self.environnement)
        lire()
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
        with self._commande("django", "collectstatic", "--no-input", "-v", "0"):  # needs no database: meanwhile
            preparer(
                self.environnement["DATABASE_URL_PROPRIETAIRE"], self.environnement["DATABASE_URL"], administration, self.sceau
            )
        with self._commande("django", "charger_demonstration"):
            pass
        temoin.write_text(empreinte)

    @contextlib.contextmanager
    def _commande(self, *arguments: str) -> Iterator[None]:
        """Run a command beside the body; both are over at the end. Raises PreparationImpossible."""
        with (self.dossier / "preparation.log").open("w+") as journal:
            with subprocess.Popen([sys.executable, "-m", "jalon.cli", *arguments], stdout=journal, stderr=journal) as enfant:
                try:
                    yield
                    enfant.wait()
                except BaseException:
                    enfant.kill()
                    raise
            if enfant.returncode == 0:
                return
            journal.seek(0)
            derniere = (journal.read().strip() or "sans un mot").splitlines()[-1]
            raise PreparationImpossible(
                f"«\u00a0jalon {' '.join(arguments)}\u00a0» a échoué\u00a0: {derniere} (détail\u00a0: {self.dossier / 'preparation.log'})"
            )

    def lancer(self, nom: str) -> None:
        """Start one child; that of the seal alone is told its connection."""
        arguments = ("--port", str(self.port)) if nom == "serveur" else ()
        secret = {"DATABASE_URL_SCEAU": self.sceau} if nom == "sceau" else {}
        self.enfants.lancer(nom, *arguments, **secret)

    def attendre_pret(self, delai: float = 60) -> None:
        """Wait until the server answers."""
        fin = time.monotonic() + delai
        while time.monotonic() < fin and self.enfants.processus["serveur"].poll() is None:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
                return
            time.sleep(0.05)
        raise PreparationImpossible(f"Le serveur ne répond pas\u00a0: voir {self.dossier / 'serveur.log'}")

    def surveiller(self) -> None:
        """Start again what stops, until asked to stop."""
        while True:
            time.sleep(0.5)
            if self.grappe is not None and not self.grappe.tourne():
                with contextlib.suppress(GrappeImpossible):
                    self.grappe.demarrer()
            for nom in self.enfants.tombes():
                self.lancer(nom)

    def arreter(self) -> None:
        """Stop the children, the database last."""
        self.enfants.arreter()
        if self.grappe is not None:
            self.grappe.arreter()


def _suivant(port: int) -> int:
    return port + 1 if port < 65535 else 8001


def _ecrire_prive(fichier: Path, texte: str) -> None:
    """Whole or not at all, readable by us alone."""
    provisoire = fichier.with_suffix(".tmp")
    provisoire.touch(mode=0o600)
    provisoire.write_text(texte)
    provisoire.replace(fichier)


def _empreinte_du_produit(base: str) -> str:
    """Changes when a migration, packaged data, a static file or the cast changes."""
    condense = hashlib.sha256(base.encode())
    racine = RACINE / "src" / "jalon"
    for fichier in sorted({f for motif in SOURCES for f in racine.glob(motif) if f.is_file() and f.suffix != ".pyc"}):
        condense.update(str(fichier.relative_to(racine)).encode())
        condense.update(fichier.read_bytes())
    return condense.hexdigest()


@click.command("demo")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535), help="Port d’écoute.")
def commande(port: int) -> None:
    """Démarre la démonstration, ouverte à cette seule machine. Ctrl-C arrête tout."""
    demonstration = Demonstration(port)
    for numero in SIGNAUX:
        signal.signal(numero, _demander_arret)
    try:
        demonstration.verrouiller()
        demonstration.enfants.enterrer_les_precedents()
        demonstration.exiger_le_port()
        demonstration.preparer_environnement()
        demonstration.demarrer_base()
        demonstration.lancer("serveur")
        demonstration.attendre_pret()
        demonstration.lancer("travaux")
        if demonstration.sceau:
            demonstration.lancer("sceau")
        click.echo(f"Jalon est prêt\u00a0: {demonstration.url}")
        click.echo(f"Les comptes de la démonstration\u00a0: {demonstration.url}/demo/comptes   (Ctrl-C pour arrêter)")
        demonstration.surveiller()
    except Arret:
        click.echo("Arrêt de la démonstration…")
    finally:
        for numero in SIGNAUX:
            signal.signal(numero, signal.SIG_IGN)
        demonstration.arreter()
