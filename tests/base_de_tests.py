"""Early pytest plugin: environment, then one embedded PostgreSQL per session and one database per process.

The product runs as `jalon_app` in the tests, as in production. A migrated template is copied for every process, and
again for each test that needs real commits (`base_reelle`). The whole cluster, once migrated, is kept under
var/tests/<digest of what makes it> and copied at the next start: half a second instead of eight.
"""

import atexit
import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from jalon.config.embarque import Grappe, dossier_binaires

MODELE = "jalon_modele"
RACINE = Path(__file__).parents[1]
GARDEES = 3
REGLAGES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "160"}

if "JALON_TESTS_DOSSIER" not in os.environ:
    _dossier = tempfile.mkdtemp(prefix="jalon-tests-")
    os.environ.update(
        JALON_TESTS_DOSSIER=_dossier,
        JALON_TESTS_MAITRE=str(os.getpid()),
        JALON_VAR=f"{_dossier}/var",
        JALON_DEMO="1",
        JALON_URL="http://localhost:8000",
        JALON_HOTES="localhost,testserver",
        SECRET_KEY="essais-" + "x" * 50,
        JALON_CLES="cle-d-essai",
        JALON_CLE_EMPREINTES="cle-d-empreintes-d-essai",
        DJANGO_SETTINGS_MODULE="jalon.config.settings",
    )
    for _nom in (
        "CLAMAV_ADRESSE", "SMTP_URL", "JALON_ROLE", "JALON_PROCESSUS", "PORT", "JALON_COURRIELS", "JALON_OPCO_IDCC",
        "JALON_CONSERVATION_MESSAGES", "JALON_CONSERVATION_SALARIES", "JALON_CONSERVATION_COURRIELS", "JALON_ANCIENNES_CLES", "JALON_PREFIXE_CLES",
        "JALON_MOTS_DE_PASSE_DIVULGUES", "JALON_SECOND_FACTEUR_LECTEURS", "JALON_CLE_ACCES_OPCO", "JALON_OIDC_EMETTEUR",
    ):  # fmt: skip
        os.environ.pop(_nom, None)

DOSSIER = Path(os.environ["JALON_TESTS_DOSSIER"])
GRAPPE = Grappe(DOSSIER / "pg")
os.environ["DATABASE_URL"] = GRAPPE.url("jalon_app", MODELE)
os.environ["DATABASE_URL_PROPRIETAIRE"] = GRAPPE.url("jalon_proprietaire", MODELE)
_demarree = False


def demarrer_grappe() -> None:
    """Start the cluster with its migrated template, once, in the controlling process."""
    global _demarree
    if _demarree or os.environ["JALON_TESTS_MAITRE"] != str(os.getpid()):
        return
    _demarree = True
    atexit.register(_nettoyer)
    gardee = RACINE / "var" / "tests" / _empreinte()
    if (gardee / "prete").exists():
        os.utime(gardee)
        _copier(gardee, GRAPPE.dossier)
        GRAPPE.initialiser()
    else:
        _fabriquer()
        _garder(gardee)
    GRAPPE.demarrer(reglages=REGLAGES)


def _fabriquer() -> None:
    """Make the cluster and its template; it is left stopped."""
    from jalon.config.preparation import charger_referentiels, preparer

    GRAPPE.initialiser()
    GRAPPE.demarrer(reglages=REGLAGES)
    roles = [GRAPPE.url(role, MODELE) for role in ("jalon_proprietaire", "jalon_app", "jalon_sceau")]
    preparer(roles[0], roles[1], GRAPPE.url("postgres", "postgres"), roles[2])
    charger_referentiels()
    GRAPPE.arreter()


def _sources() -> Iterator[Path]:
    jalon = RACINE / "src" / "jalon"
    for motif in ("*/migrations/*.py", "config/*.py", "cli/importer.py", "referentiels/**/*.py", "referentiels/**/*.csv"):
        yield from jalon.glob(motif)
    yield RACINE / "requirements.lock"


def _empreinte() -> str:
    """Changes with whatever the template is made of."""
    condense = hashlib.sha256()
    for source in sorted(f for f in _sources() if f.exists()):
        condense.update(str(source.relative_to(RACINE)).encode() + source.read_bytes())
    return condense.hexdigest()[:20]


def _copier(source: Path, destination: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(destination)], check=True)


def _garder(gardee: Path) -> None:
    """Keep the stopped cluster for the next sessions; a read-only checkout simply does without."""
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        gardee.parent.mkdir(parents=True, exist_ok=True)
        provisoire = gardee.with_name(f".{os.getpid()}")
        _copier(GRAPPE.dossier, provisoire)
        provisoire.rename(gardee)
        anciennes = sorted((d for d in gardee.parent.iterdir() if (d / "prete").exists()), key=lambda d: d.stat().st_mtime)
        for ancienne in anciennes[:-GARDEES]:
            shutil.rmtree(ancienne, ignore_errors=True)


def _nettoyer() -> None:
    GRAPPE.arreter()
    shutil.rmtree(DOSSIER, ignore_errors=True)


def copier_modele(nom: str) -> None:
    """Make (again) the database `nom` from the migrated template."""
    with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))
        connexion.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER jalon_proprietaire STRATEGY FILE_COPY").format(
                sql.Identifier(nom), sql.Identifier(MODELE)
            )
        )
        connexion.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO jalon_app").format(sql.Identifier(nom)))
        connexion.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO jalon_sceau").format(sql.Identifier(nom)))


def dupliquer_grappe() -> Grappe:
    """Another cluster, stopped, as the shared one is now: a test may kill it. It will run with the settings of the product."""
    grappe = Grappe(Path(tempfile.mkdtemp(prefix="pg-", dir=DOSSIER)))
    commande = [
        str(dossier_binaires() / "pg_basebackup"),
        "-h",
        str(GRAPPE.prise),
        "-U",
        "postgres",
        "-c",
        "fast",
        "-X",
        "stream",
    ]
    subprocess.run([*commande, "-D", str(grappe.donnees)], check=True, capture_output=True, timeout=120)
    (grappe.dossier / "prete").touch()
    grappe.initialiser()
    return grappe


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not session.config.option.collectonly:
        demarrer_grappe()


def pytest_configure(config: pytest.Config) -> None:
    """Each test process counts its own tries; static files go by their plain names, without collectstatic."""
    from django.conf import settings

    from tests import variables_indefinies

    settings.CACHES = {
        nom: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": nom} for nom in settings.CACHES
    }
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    variables_indefinies.exiger()
