"""Roles, database and rights: what `jalon preparer-base` does, with the owner's connection.

`jalon_proprietaire` migrates; `jalon_app` runs, without DDL, and can only insert into the journal; `jalon_sceau` reads the register
of revelations and adds blocks to its chain. Names and passwords are those of DATABASE_URL_PROPRIETAIRE, DATABASE_URL and
DATABASE_URL_SCEAU.
"""

import os
import subprocess
import sys

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

ROLE_PROPRIETAIRE = "jalon_proprietaire"
ROLE_APP = "jalon_app"
ROLE_SCEAU = "jalon_sceau"


class PreparationImpossible(RuntimeError):
    """The database cannot be prepared; the message says what to do."""


def _part(url: str, nom: str, defaut: str = "") -> str:
    return str(conninfo_to_dict(url).get(nom) or defaut)


def _premiere_ligne(erreur: Exception) -> str:
    return (str(erreur).strip() or type(erreur).__name__).splitlines()[0]


def _connecter(url: str, quoi: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.Error as erreur:
        raise PreparationImpossible(f"{quoi} ne permet pas de se connecter\u00a0: {_premiere_ligne(erreur)}") from erreur


def creer_roles_et_base(administration: str, proprietaire: str, application: str, sceau: str = "") -> None:
    """Create the three roles, with the passwords of their URL, and the database, through a superuser's connection."""
    base = _part(proprietaire, "dbname")
    with _connecter(administration, "--administration") as connexion:
        for url, defaut in ((proprietaire, ROLE_PROPRIETAIRE), (application, ROLE_APP), (sceau, ROLE_SCEAU)):
            _creer_role(connexion, _part(url, "user", defaut), _part(url, "password"))
        if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [base]).fetchone():
            connexion.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(base), sql.Identifier(_part(proprietaire, "user", ROLE_PROPRIETAIRE))
                )
            )


def _creer_role(connexion: psycopg.Connection, nom: str, secret: str) -> None:
    if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [nom]).fetchone():
        connexion.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(nom)))
    if secret:  # hashed here: a password in clear would be in the server's log
        condense = connexion.pgconn.encrypt_password(secret.encode(), nom.encode(), b"scram-sha-256").decode()
        connexion.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(nom), sql.Literal(condense)))


def accorder_droits(proprietaire: str, role_app: str) -> None:
    """Let the application's role read and write what the owner creates, and nothing more."""
    identifiant = sql.Identifier(role_app)
    base = sql.Identifier(_part(proprietaire, "dbname"))
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
    with _connecter(proprietaire, "DATABASE_URL_PROPRIETAIRE") as connexion:
        try:
            for ordre in ordres:
                connexion.execute(ordre)
        except psycopg.Error as erreur:
            raise PreparationImpossible(f"Les droits n’ont pas pu être donnés\u00a0: {_premiere_ligne(erreur)}") from erreur


def accorder_droits_du_sceau(proprietaire: str, role_sceau: str) -> None:
    """Let the role of the seal read the register and add to its chain, and nothing else. Without that role, nothing is done:
    `jalon verifier` says that nobody seals."""
    identifiant = sql.Identifier(role_sceau)
    ordres = (
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(_part(proprietaire, "dbname")), identifiant),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(identifiant),
        sql.SQL("GRANT SELECT ON journal_revelation TO {}").format(identifiant),
        sql.SQL("GRANT SELECT, INSERT ON journal_blocscelle TO {}").format(identifiant),
    )
    with _connecter(proprietaire, "DATABASE_URL_PROPRIETAIRE") as connexion:
        if connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role_sceau]).fetchone():
            for ordre in ordres:
                connexion.execute(ordre)


def migrer(proprietaire: str) -> None:
    """Apply the migrations as the owner, in a process of their own. Raises PreparationImpossible."""
    _lancer(
        "Les migrations ont échoué",
        ("django", "migrate", "--no-input", "--skip-checks", "-v", "0"),
        DATABASE_URL_PROPRIETAIRE=proprietaire,
        JALON_ROLE="proprietaire",
    )


def charger_referentiels() -> None:
    """Load the packaged reference data with the application's role. Raises PreparationImpossible."""
    _lancer("Les référentiels n’ont pas pu être chargés", ("importer", "referentiels"))


def _lancer(echec: str, arguments: tuple[str, ...], **environnement: str) -> None:
    resultat = subprocess.run(
        [sys.executable, "-m", "jalon.cli", *arguments],
        env={**os.environ, **environnement},
        capture_output=True,
        text=True,
        check=False,
    )
    if resultat.returncode != 0:
        dit = resultat.stderr.strip()
        raise PreparationImpossible(f"{echec}\u00a0: {dit if 'Traceback' in dit else dit.rpartition(chr(10))[2]}")


def preparer(proprietaire: str, application: str, administration: str | None = None, sceau: str = "") -> None:
    """Roles and database (when `administration` is given), rights, migrations. Idempotent. Raises PreparationImpossible."""
    if administration:
        creer_roles_et_base(administration, proprietaire, application, sceau)
    accorder_droits(proprietaire, _part(application, "user", ROLE_APP))
    migrer(proprietaire)
    accorder_droits_du_sceau(proprietaire, _part(sceau, "user", ROLE_SCEAU))
