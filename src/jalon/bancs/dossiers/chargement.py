"""Loading the synthetic requests by COPY, as the application's own role, in as many processes as there are cores."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
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
ANALYSEES = (
    "dossiers_dossier", "dossiers_versioncontenu", "messagerie_fil", "journal_evenement", "organisations_organisation",
    "organisations_etablissement",
)  # fmt: skip
Suivi = Callable[[int], None]


def charger_dossiers(url: str, nombre: int, maintenant: datetime, *, processus: int, suivi: Suivi) -> float:
    """Load the population, then its requests; returns the seconds it took, ANALYZE left out.

    `suivi` is told how many requests are in. The database must hold none yet.
    """
    depart = time.perf_counter()
    with psycopg.connect(url, options=REGLAGES) as connexion:
        _charger_population(connexion, peupler(nombre))
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
    return time.perf_counter() - depart


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
