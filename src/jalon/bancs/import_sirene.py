"""`jalon banc import-sirene`: the import of the register beside a bare COPY of the same columns, in the same run.

Nothing of the database is touched: tables of the same shape are made in a schema of their own, found first by the application's
connection, and dropped at the end.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import click
import psycopg
from django.conf import settings
from psycopg import sql

from jalon.bancs.sirene_fictif import (
    COLONNES_ETABLISSEMENT,
    COLONNES_UNITE_LEGALE,
    ecrire_csv,
    etablissements,
    siren_fictif,
    unites_legales,
)
from jalon.bancs.tables_a_part import tables_a_part
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.organisations.actions import importer_registre
from jalon.organisations.actions.registre import Suivi
from jalon.organisations.requetes import chercher
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import FichierSirene, ouvrir_fichier
from jalon.socle import horloge

SCHEMA = "banc_sirene"
TABLES = (
    "journal_evenement",
    "organisations_portefeuille",
    "organisations_regleportefeuille",
    "organisations_sirenportefeuille",
    "organisations_organisation",
    "organisations_etablissement",
    "organisations_importregistre",
    "organisations_rejetimport",
)
REPETITIONS = 3
BLOC = 1 << 18
RECHERCHES = 200


class Arret(Exception):
    """The import is stopped on purpose."""


def _ignorer(fichier: FichierSirene, etape: str, octets: int) -> None:
    """Nobody looks at how far the import is."""


@click.command("import-sirene")
@click.option("--lignes", default=1_000_000, show_default=True, type=click.IntRange(1000), help="Établissements à importer.")
def commande(lignes: int) -> None:
    """Compare l’import du registre à un COPY nu des mêmes colonnes, puis mesure la reprise et la recherche."""
    proprietaire = os.environ.get("DATABASE_URL_PROPRIETAIRE") or os.environ.get("DATABASE_URL", "")
    dossier = Path(settings.JALON_VAR) / "banc"
    dossier.mkdir(parents=True, exist_ok=True)
    etabs, unites, colonnes = (dossier / nom for nom in ("etablissements.csv", "unites_legales.csv", "colonnes.csv"))
    try:
        click.echo(f"Écriture de {lignes} établissements et unités légales fictifs…")
        ecrire_csv(etabs, COLONNES_ETABLISSEMENT, etablissements(lignes))
        ecrire_csv(unites, COLONNES_UNITE_LEGALE, unites_legales(lignes))
        with tables_a_part(proprietaire, SCHEMA, TABLES, "organisations_etablissement") as administration:
            Banc(administration, etabs, unites, colonnes, lignes).mesurer()
    finally:
        for fichier in (etabs, unites, colonnes):
            fichier.unlink(missing_ok=True)


class Banc:
    """The measures, on files already written. A bare COPY reads the columns of the table, ready made, from a CSV."""

    def __init__(self, administration: psycopg.Connection, etabs: Path, unites: Path, colonnes: Path, lignes: int) -> None:
        self._administration = administration
        self._etablissements = ouvrir_fichier(etabs, ETABLISSEMENTS)
        self._unites = ouvrir_fichier(unites, UNITES_LEGALES)
        self._colonnes = colonnes
        self._lignes = lignes

    def mesurer(self) -> None:
        """Run everything and print it."""
        self._importer(self._etablissements)
        self._extraire_colonnes()
        nus, cles, imports = [], [], []
        for _ in range(REPETITIONS):
            nus.append(self._copier("copie"))
            cles.append(self._copier("organisations_etablissement"))
            imports.append(self._importer(self._etablissements))
        identiques = self._importer(self._etablissements, vider=False)
        self._dire("COPY nu, table sans index", median(nus))
        self._dire("COPY nu, même table et sa clé primaire", median(cles))
        self._dire("import, premier chargement", median(imports))
        self._dire("import, fichier déjà chargé", identiques)
        click.echo(
            f"Rapport au COPY sans index : {median(nus) / median(imports):.0%} ; avec clé : {median(cles) / median(imports):.0%}"
        )
        reprise = self._reprendre()
        click.echo(f"Reprise après un arrêt à la moitié : {reprise:.1f} s, {reprise / median(imports):.0%} d’un import entier")
        self._dire("import des unités légales", self._importer(self._unites))
        self._mesurer_recherche()

    def _dire(self, quoi: str, secondes: float) -> None:
        click.echo(f"{quoi} : {secondes:.2f} s, {self._lignes / secondes:,.0f} lignes/s")

    def _vider(self, *tables: str) -> None:
        noms = sql.SQL(", ").join(sql.Identifier(SCHEMA, nom) for nom in tables)
        self._administration.execute(sql.SQL("TRUNCATE {}").format(noms))

    def _importer(self, fichier: FichierSirene, *, vider: bool = True, suivi: Suivi = _ignorer) -> float:
        if vider:
            self._vider(fichier.disposition.table, "organisations_importregistre", "organisations_rejetimport")
        debut = time.perf_counter()
        importer_registre(fichiers=[fichier], par=ActeurSysteme("banc"), maintenant=horloge.maintenant(), suivi=suivi)
        return time.perf_counter() - debut

    def _extraire_colonnes(self) -> None:
        requete = sql.SQL("COPY {} TO STDOUT (FORMAT csv)").format(sql.Identifier(SCHEMA, "organisations_etablissement"))
        with self._colonnes.open("wb") as sortie, self._administration.cursor().copy(requete) as copie:
            for bloc in copie:
                sortie.write(bloc)

    def _copier(self, table: str) -> float:
        self._vider(table)
        requete = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(sql.Identifier(SCHEMA, table))
        debut = time.perf_counter()
        with self._colonnes.open("rb") as entree, self._administration.cursor().copy(requete) as copie:
            while bloc := entree.read(BLOC):
                copie.write(bloc)
        return time.perf_counter() - debut

    def _reprendre(self) -> float:
        """Time to finish an import stopped half-way."""

        def arreter(fichier: FichierSirene, etape: str, octets: int) -> None:
            if etape == "import" and octets >= fichier.taille / 2:
                raise Arret

        with suppress(Arret):
            self._importer(self._etablissements, suivi=arreter)
        return self._importer(self._etablissements, vider=False)

    def _mesurer_recherche(self) -> None:
        self._administration.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(SCHEMA, "organisations_organisation")))
        textes = [
            t for rang in range(RECHERCHES) for t in (siren_fictif(rang * 7 + 1), f"garage martin {rang}", "bou", "camille petit")
        ]
        durees = []
        for texte in textes:
            debut = time.perf_counter()
            chercher(texte)
            durees.append((time.perf_counter() - debut) * 1000)
        durees.sort()
        pire = durees[len(durees) * 99 // 100]
        click.echo(f"Recherche parmi {self._lignes} organisations : médiane {median(durees):.1f} ms, 99 % sous {pire:.1f} ms")
