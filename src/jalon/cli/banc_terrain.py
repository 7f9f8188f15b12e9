"""Where a bench is held: a PostgreSQL of its own under var/banc, or databases of its own in one that is given."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jalon.config.embarque import Grappe
from jalon.config.preparation import PreparationImpossible, charger_referentiels, preparer

REGLAGES = {"shared_buffers": "2GB", "effective_cache_size": "6GB", "max_wal_size": "8GB", "checkpoint_timeout": "15min"}
"""Of a server of 8 GB; durability is left as PostgreSQL has it."""
LOCALES = ("", "localhost", "127.0.0.1", "::1")


@dataclass
class Terrain:
    """Databases `jalon_banc_<size>` and the folder of the run."""

    dossier: Path
    administration: str
    grappe: Grappe | None
    bases: list[str] = field(default_factory=list)

    @property
    def redemarrable(self) -> bool:
        """Whether PostgreSQL is ours to stop and start."""
        return self.grappe is not None

    @property
    def base(self) -> int:
        """Number of the postmaster, 0 when it is not ours."""
        return self.grappe.processus.pid if self.grappe is not None and self.grappe.processus is not None else 0

    def redemarrer(self) -> int:
        """Stop PostgreSQL and start it again; returns its new number."""
        if self.grappe is not None:
            self.grappe.arreter()
            self.grappe.demarrer(reglages=REGLAGES)
        return self.base

    def url(self, nombre: int, role: str) -> str:
        """Connection of a role to the database of a size."""
        if self.grappe is not None:
            return self.grappe.url(role, _nom(nombre))
        return _en_url(make_conninfo(self.administration, user=role, dbname=_nom(nombre)))

    def preparer_base(self, nombre: int) -> str:
        """A new database, migrated, with its reference data; returns the application's URL. Raises click.UsageError."""
        with psycopg.connect(self.administration, autocommit=True) as connexion:
            if connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_nom(nombre)]).fetchone():
                raise click.UsageError(f"La base {_nom(nombre)} existe déjà\u00a0: supprimez-la avant de relancer le banc.")
        self.bases.append(_nom(nombre))
        application = self.url(nombre, "jalon_app")
        os.environ["DATABASE_URL"] = application
        preparer(self.url(nombre, "jalon_proprietaire"), application, self.administration)
        charger_referentiels()
        if len(self.bases) == 1:
            _rassembler_les_statiques()
        return application

    def taille(self, nombre: int) -> str:
        """Size of a database, as people say it."""
        with psycopg.connect(self.administration, autocommit=True) as connexion:
            lue = connexion.execute("SELECT pg_size_pretty(pg_database_size(%s))", [_nom(nombre)]).fetchone()
        return str(lue[0]) if lue else ""

    def demonter(self) -> None:
        """Remove what the run has made, results apart."""
        if self.grappe is not None:
            self.grappe.arreter()
            shutil.rmtree(self.grappe.dossier, ignore_errors=True)
        else:
            with psycopg.connect(self.administration, autocommit=True) as connexion:
                for base in self.bases:
                    connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base)))
        for nom in ("statiques", "courriels", "pieces", "apercus", "editions", "lettres", "operations", "fichiers"):
            shutil.rmtree(self.dossier / nom, ignore_errors=True)
        for fichier in self.dossier.glob("*.json"):
            fichier.unlink()


def _nom(nombre: int) -> str:
    return f"jalon_banc_{nombre}"


def _en_url(conninfo: str) -> str:
    """The same connection as a libpq URL, which is what DATABASE_URL is written as."""
    parts = conninfo_to_dict(conninfo)
    utilisateur = f"{parts.pop('user')}" + (f":{secret}" if (secret := parts.pop("password", "")) else "")
    base, hote, port = parts.pop("dbname"), parts.pop("host", ""), parts.pop("port", "5432")
    suite = {"host": hote, "port": port, **parts}
    return f"postgresql://{utilisateur}@/{base}?" + "&".join(f"{nom}={valeur}" for nom, valeur in suite.items() if valeur)


def _rassembler_les_statiques() -> None:
    resultat = subprocess.run(
        [sys.executable, "-m", "jalon.cli", "django", "collectstatic", "--no-input", "-v", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    if resultat.returncode != 0:
        raise PreparationImpossible(
            f"Les fichiers statiques n’ont pas pu être rassemblés\u00a0: {resultat.stderr.strip()[-2000:]}"
        )


def _controler_l_adresse(base: str) -> None:
    """A bench never loads another machine."""
    try:
        infos = conninfo_to_dict(base)
    except psycopg.ProgrammingError:
        raise click.UsageError(
            "--base ne se lit pas\u00a0: écrivez postgresql://postgres@/postgres?host=/dossier/de/la/prise."
        ) from None
    hote = str(infos.get("host", ""))
    if hote not in LOCALES and not hote.startswith("/"):
        raise click.UsageError(f"Le banc ne charge que cette machine\u00a0: {hote} n’est pas une adresse locale.")


@contextlib.contextmanager
def ouvrir_terrain(dossier: Path, base: str, *, garder: bool) -> Iterator[Terrain]:
    """A terrain, and its end whatever happens; kept, its PostgreSQL is only stopped."""
    if base:
        _controler_l_adresse(base)
        terrain = Terrain(dossier, base, None)
    else:
        grappe = Grappe(dossier / "postgresql")
        shutil.rmtree(grappe.donnees, ignore_errors=True)
        grappe.initialiser()
        grappe.demarrer(reglages=REGLAGES)
        terrain = Terrain(dossier, grappe.url("postgres", "postgres"), grappe)
    try:
        yield terrain
    finally:
        if not garder:
            terrain.demonter()
        elif terrain.grappe is not None:
            terrain.grappe.arreter()
            click.echo(f"La base est gardée dans {terrain.grappe.dossier}.", err=True)
