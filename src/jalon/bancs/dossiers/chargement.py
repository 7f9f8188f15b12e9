"""Loading the synthetic requests by COPY, as the application's own role, in as many processes as there are cores.

The secondary indexes are put aside meanwhile and made again at the end, their time counted: twenty index entries for each row,
written in the order of the days, would touch the whole of every index again and again.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from multiprocessing import get_context

import psycopg
from psycopg import sql

from jalon.bancs.dossiers import lignes as fabrique
from jalon.bancs.dossiers.population import AUTRES_PORTEFEUILLES, Population, peupler, portefeuille_id
from jalon.socle.texte import normaliser

BLOC = 10_000
"""Requests by transaction."""
REGLAGES = "-c synchronous_commit=off -c work_mem=64MB"
REGLAGES_DES_INDEX = "-c maintenance_work_mem=1GB"
COPIEES = ("messagerie_fil", "dossiers_dossier", "dossiers_versioncontenu", "journal_evenement")
ANALYSEES = (*COPIEES, "organisations_organisation", "organisations_etablissement")
INDEX_SECONDAIRES = """
    SELECT indexe.relname, pg_get_indexdef(i.indexrelid)
    FROM pg_index AS i
    JOIN pg_class AS indexe ON indexe.oid = i.indexrelid
    JOIN pg_class AS relation ON relation.oid = i.indrelid
    WHERE relation.relname = ANY (%s) AND relation.relnamespace = 'public'::regnamespace AND NOT i.indisunique
    ORDER BY indexe.relname"""
Suivi = Callable[[int], None]


def charger_dossiers(url: str, proprietaire: str, nombre: int, maintenant: datetime, *, processus: int, suivi: Suivi) -> float:
    """Load the population, then its requests; returns the seconds it took, indexes included, ANALYZE left out.

    `suivi` is told how many requests are in. The database must hold none yet; `proprietaire`: connection of who may index it.
    """
    depart = time.perf_counter()
    with psycopg.connect(url, options=REGLAGES) as connexion:
        _charger_population(connexion, peupler(nombre))
    with index_mis_de_cote(proprietaire):
        _charger(url, nombre, maintenant, processus, suivi)
    return time.perf_counter() - depart


@contextmanager
def index_mis_de_cote(proprietaire: str) -> Iterator[None]:
    """Drop the indexes of the loaded tables that no constraint needs; they are made again as they were, whatever happens."""
    with psycopg.connect(proprietaire, autocommit=True, options=REGLAGES_DES_INDEX) as connexion:
        mis_de_cote = connexion.execute(INDEX_SECONDAIRES, [list(COPIEES)]).fetchall()
        for nom, _ in mis_de_cote:
            connexion.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(nom)))
    try:
        yield
    finally:
        with psycopg.connect(proprietaire, autocommit=True, options=REGLAGES_DES_INDEX) as connexion:
            for _, definition in mis_de_cote:
                connexion.execute(definition)


def _charger(url: str, nombre: int, maintenant: datetime, processus: int, suivi: Suivi) -> None:
    blocs = [(url, nombre, debut, min(debut + BLOC, nombre), maintenant) for debut in range(0, nombre, BLOC)]
    faits = 0
    if processus == 1 or len(blocs) == 1:
        for bloc in blocs:
            faits += charger_bloc(bloc)
            suivi(faits)
    else:
        with ProcessPoolExecutor(processus, mp_context=get_context("spawn")) as equipe:
            for fait in equipe.map(charger_bloc, blocs):
                faits += fait
                suivi(faits)


def analyser(url: str) -> None:
    """Statistics, pending lists of the word index merged and visibility maps set, as autovacuum does: needs the owner."""
    with psycopg.connect(url, autocommit=True) as connexion:
        for table in ANALYSEES:
            connexion.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
        connexion.execute("ANALYZE")


@lru_cache(maxsize=1)
def _population(nombre: int) -> Population:
    return peupler(nombre)


def charger_bloc(bloc: tuple[str, int, int, int, datetime]) -> int:
    """The requests of some ranks, in one transaction; in a process of its own."""
    url, nombre, debut, fin, maintenant = bloc
    faites = list(fabrique.lignes(_population(nombre), debut, fin, maintenant))
    with psycopg.connect(url, options=REGLAGES) as connexion:
        _copier(connexion, "messagerie_fil", fabrique.COLONNES_FIL, (f.fil for f in faites))
        _copier(connexion, "dossiers_dossier", fabrique.COLONNES_DOSSIER, (f.dossier for f in faites))
        _copier(connexion, "dossiers_versioncontenu", fabrique.COLONNES_VERSION, (f.version for f in faites if f.version))
        _copier(connexion, "journal_evenement", fabrique.COLONNES_EVENEMENT, (f.evenement for f in faites))
    return fin - debut


def _copier(connexion: psycopg.Connection, table: str, colonnes: Sequence[str], lignes: Iterable[str]) -> None:
    ordre = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, colonnes)))
    with connexion.cursor().copy(ordre) as copie:
        copie.write("".join(f"{ligne}\n" for ligne in lignes))


def _charger_population(connexion: psycopg.Connection, population: Population) -> None:
    """Portefeuilles, organisations and establishments, companies and providers alike."""
    portefeuilles = [f"{portefeuille_id(rang)}\tPortefeuille {rang + 1}" for rang in range(AUTRES_PORTEFEUILLES + 1)]
    _copier(connexion, "organisations_portefeuille", ("id", "nom"), portefeuilles)
    _copier(
        connexion,
        "organisations_organisation",
        (
            "siren", "denomination", "nom", "prenoms", "categorie_juridique", "naf", "tranche_effectifs", "nic_siege", "etat",
            "diffusible", "recherche", "source", "portefeuille_id",
        ),
        _organisations(population),
    )  # fmt: skip
    _copier(
        connexion,
        "organisations_etablissement",
        (
            "siret", "siege", "nom_usuel", "adresse_voie", "complement", "distribution", "code_postal", "commune", "code_commune",
            "cedex", "pays", "naf", "etat", "diffusible",
        ),
        _etablissements(population),
    )  # fmt: skip


def _organisations(population: Population) -> Iterator[str]:
    for e in population.entites:
        yield _organisation(e.siren, e.nom, e.lieux[0][0][9:], portefeuille_id(e.portefeuille))
    for p in population.prestataires:
        yield _organisation(p.siren, p.nom, p.siret[9:], portefeuille_id(1))


def _organisation(siren: str, nom: str, nic: str, portefeuille: object) -> str:
    return f"{siren}\t{nom}\t\t\t5710\t85.59A\t12\t{nic}\tA\tt\t{normaliser(nom)}\tregistre\t{portefeuille}"


def _etablissements(population: Population) -> Iterator[str]:
    for e in population.entites:
        for rang, (siret, commune) in enumerate(e.lieux):
            yield _etablissement(siret, commune, siege=rang == 0)
    for p in population.prestataires:
        yield _etablissement(p.siret, "Lyon", siege=True)


def _etablissement(siret: str, commune: str, *, siege: bool) -> str:
    return f"{siret}\t{'t' if siege else 'f'}\t{commune}\t12 rue du Banc\t\t\t74000\t{commune}\t\t\t\t85.59A\tA\tt"
