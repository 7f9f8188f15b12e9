"""`jalon banc npec`: the import of a full-size NPEC workbook beside a bare COPY of the same rows, in the same run.

Nothing of the database is touched: see `tables_a_part`. Limits of the objective: 60 s and 500 MB for 200,000 lines.
"""

import os
import resource
import time
from datetime import date
from pathlib import Path
from statistics import median

import click
import psycopg
from django.conf import settings
from psycopg import sql

from jalon.bancs.npec_fictif import CPNES, ecrire_npec
from jalon.bancs.tables_a_part import tables_a_part
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.referentiels.actions import importer_npec
from jalon.referentiels.requetes import npec
from jalon.socle import horloge

SCHEMA = "banc_npec"
TABLES = (
    "journal_evenement",
    "referentiels_niveaunpec",
    "referentiels_branchenpec",
    "referentiels_importreferentiel",
    "referentiels_rejetreferentiel",
)
BLOC = 1 << 18
SECONDES_AU_PLUS = 60
MEGAOCTETS_AU_PLUS = 500
LECTURES = 2_000


@click.command("npec")
@click.option("--lignes", default=200_000, show_default=True, type=click.IntRange(1000), help="Niveaux du classeur.")
def commande(lignes: int) -> None:
    """Importe un classeur fictif, deux fois, à côté d’un COPY nu des mêmes lignes, puis mesure la lecture d’un niveau."""
    proprietaire = os.environ.get("DATABASE_URL_PROPRIETAIRE") or os.environ.get("DATABASE_URL", "")
    dossier = Path(settings.JALON_VAR) / "banc"
    dossier.mkdir(parents=True, exist_ok=True)
    fichier, colonnes = dossier / "npec-fictif.xlsx", dossier / "colonnes-npec.csv"
    try:
        ecrire_npec(fichier, lignes)
        click.echo(f"Classeur fictif\u00a0: {lignes} niveaux, {fichier.stat().st_size / 1e6:.1f} Mo.")
        with tables_a_part(proprietaire, SCHEMA, TABLES, "referentiels_niveaunpec") as administration:
            _mesurer(administration, fichier, colonnes, lignes)
    finally:
        fichier.unlink(missing_ok=True)
        colonnes.unlink(missing_ok=True)


def _mesurer(administration: psycopg.Connection, fichier: Path, colonnes: Path, lignes: int) -> None:
    premier = _importer(fichier)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _dire("import, premier chargement", premier, lignes)
    click.echo(f"mémoire au plus haut\u00a0: {memoire:.0f} Mo (objectif {MEGAOCTETS_AU_PLUS})")
    _dire("import, fichier déjà chargé", _importer(fichier), lignes)
    _extraire(administration, colonnes)
    for table, quoi in (("copie", "COPY nu, table sans index"), ("referentiels_niveaunpec", "COPY nu, même table et sa clé")):
        _dire(quoi, _copier(administration, table, colonnes), lignes)
    administration.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(SCHEMA, "referentiels_niveaunpec")))
    durees = _lire(lignes)
    click.echo(
        f"lecture d’un niveau\u00a0: médiane {median(durees):.2f} ms, 99\u00a0% sous {durees[LECTURES * 99 // 100]:.2f} ms"
    )
    verdict = "atteint" if premier <= SECONDES_AU_PLUS and memoire <= MEGAOCTETS_AU_PLUS else "manqué"
    click.echo(f"Objectif de {SECONDES_AU_PLUS} s et {MEGAOCTETS_AU_PLUS} Mo {verdict}.")


def _dire(quoi: str, secondes: float, lignes: int) -> None:
    click.echo(f"{quoi}\u00a0: {secondes:.2f} s, {lignes / secondes:,.0f} lignes/s")


def _importer(fichier: Path) -> float:
    debut = time.perf_counter()
    importer_npec(chemin=fichier, par=ActeurSysteme("banc"), maintenant=horloge.maintenant())
    return time.perf_counter() - debut


def _extraire(administration: psycopg.Connection, colonnes: Path) -> None:
    requete = sql.SQL("COPY {} TO STDOUT (FORMAT csv)").format(sql.Identifier(SCHEMA, "referentiels_niveaunpec"))
    with colonnes.open("wb") as sortie, administration.cursor().copy(requete) as copie:
        for bloc in copie:
            sortie.write(bloc)


def _copier(administration: psycopg.Connection, table: str, colonnes: Path) -> float:
    nom = sql.Identifier(SCHEMA, table)
    administration.execute(sql.SQL("TRUNCATE {}").format(nom))
    debut = time.perf_counter()
    with (
        colonnes.open("rb") as entree,
        administration.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(nom)) as copie,
    ):
        while bloc := entree.read(BLOC):
            copie.write(bloc)
    return time.perf_counter() - debut


def _lire(lignes: int) -> list[float]:
    durees = []
    for rang in range(LECTURES):
        fiche, cpne = 1000 + (rang * 37) % max(1, lignes // CPNES), rang % CPNES + 1
        debut = time.perf_counter()
        npec(f"RNCP{fiche}", f"{cpne * 7:04d}", date(2026, 1, 1))
        durees.append((time.perf_counter() - debut) * 1000)
    return sorted(durees)
