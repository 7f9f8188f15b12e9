"""Roles, database and rights: what `jalon preparer-base` does, with the owner's connection.

`jalon_proprietaire` migrates; `jalon_app` runs, without DDL, and can only insert into the journal.
"""

import os
import subprocess
import sys

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

ROLE_PROPRIETAIRE = "jalon_proprietaire"
ROLE_APP = "jalon_app"


class PreparationImpossible(RuntimeError):
    """The database cannot be prepared; the message says what to do."""


def creer_roles_et_base(administration: str, base: str) -> None:
    """Create both roles and the database (owner: jalon_proprietaire), through a superuser's connection."""
    with psycopg.connect(administration, autocommit=True) as connexion:
        for role in (ROLE_PROPRIETAIRE, ROLE_APP):
            if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connexion.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [base]).fetchone():
            connexion.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(base), sql.Identifier(ROLE_PROPRIETAIRE)
                )
            )


def accorder_droits(proprietaire: str, role_app: str) -> None:
    """Let the application's role read and write what the owner creates, and nothing more."""
    identifiant = sql.Identifier(role_app)
    base = sql.Identifier(str(conninfo_to_dict(proprietaire).get("dbname", "")))
    ordres: list[sql.SQL | sql.Composed] = [
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(base),
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(base, identifiant),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(identifiant),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}").format(
            identifiant
        ),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}").format(identifiant),
    ]
    with psycopg.connect(proprietaire, autocommit=True) as connexion:
        for ordre in ordres:
            connexion.execute(ordre)


def migrer(proprietaire: str) -> None:
    """Apply the migrations as the owner, in a process of their own. Raises PreparationImpossible."""
    resultat = subprocess.run(
        [sys.executable, "-m", "jalon.cli", "django", "migrate", "--no-input", "--skip-checks", "-v", "0"],
        env={**os.environ, "DATABASE_URL_PROPRIETAIRE": proprietaire, "JALON_ROLE": "proprietaire"},
        capture_output=True,
        text=True,
        check=False,
    )
    if resultat.returncode != 0:
        raise PreparationImpossible(f"Les migrations ont échoué : {resultat.stderr.strip()[-2000:]}")


def preparer(proprietaire: str, application: str, administration: str | None = None) -> None:
    """Roles and database (when `administration` is given), rights, migrations. Idempotent."""
    infos = conninfo_to_dict(proprietaire)
    if administration:
        creer_roles_et_base(administration, str(infos.get("dbname", "")))
    accorder_droits(proprietaire, str(conninfo_to_dict(application).get("user", "") or ROLE_APP))
    migrer(proprietaire)


def charger_referentiels() -> None:
    """Load the packaged reference data with the application's role. Raises PreparationImpossible."""
    resultat = subprocess.run(
        [sys.executable, "-m", "jalon.cli", "importer", "referentiels"], capture_output=True, text=True, check=False
    )
    if resultat.returncode != 0:
        raise PreparationImpossible(f"Les référentiels n’ont pas pu être chargés : {resultat.stderr.strip()[-2000:]}")
