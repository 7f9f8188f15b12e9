"""`jalon worker`: one process of background jobs."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Iterator
from typing import Any, LiteralString

import click
import psycopg
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

from jalon.socle.relance import SECONDES_SANS_SIGNE, relancer_travaux_interrompus

journal = logging.getLogger("jalon.travaux")

SECONDES_ENTRE_SIGNES = 4.0
SECONDES_ENTRE_RELANCES = 5.0
SECONDES_POUR_FINIR = 10.0
SECONDES_POUR_UNE_CONNEXION = 5.0
PANNES = (ConnectorException, DatabaseError, psycopg.Error, OSError)


class ConnecteurAttentif(PsycopgConnector):
    """Says when a query was lost: the state of a job may be lost with it, so the worker starts a new life.

    Its former life is then a dead worker like any other, and what it had in hand is given back to the queue.
    """

    def __init__(self, rompre: Callable[[], None], **reglages: Any) -> None:
        super().__init__(**reglages)
        self._rompre = rompre

    @contextlib.contextmanager
    def _attention(self) -> Iterator[None]:
        try:
            yield
        except ConnectorException as erreur:
            if isinstance(erreur.__cause__, (psycopg.OperationalError, psycopg.InterfaceError)):
                self._rompre()
            raise

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        with self._attention():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        with self._attention():
            ligne: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        return ligne

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        with self._attention():
            lignes: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
        return lignes


async def _relancer_sans_fin() -> None:
    def relancer() -> None:
        close_old_connections()
        try:
            repris = relancer_travaux_interrompus()
        finally:
            close_old_connections()
        if repris:
            journal.warning("%d travaux d’un processus disparu sont repris.", repris)

    while True:
        await sync_to_async(relancer, thread_sensitive=False)()
        await asyncio.sleep(SECONDES_ENTRE_RELANCES)


async def _vivre(simultanes: int, arret: asyncio.Event) -> None:
    """One life of the worker: until asked to stop, or until the database fails it."""
    rompu = asyncio.Event()
    reglages = connector_params()
    await (await psycopg.AsyncConnection.connect(**reglages)).close()
    connecteur = ConnecteurAttentif(rompu.set, kwargs=reglages, timeout=SECONDES_POUR_UNE_CONNEXION)
    with app.replace_connector(connecteur):
        async with app.open_async():
            travail = asyncio.create_task(
                app.run_worker_async(
                    concurrency=simultanes,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=SECONDES_ENTRE_SIGNES,
                    stalled_worker_timeout=float(SECONDES_SANS_SIGNE),
                    shutdown_graceful_timeout=SECONDES_POUR_FINIR,
                    install_signal_handlers=False,
                )
            )
            relance = asyncio.create_task(_relancer_sans_fin())
            signaux = [asyncio.create_task(evenement.wait()) for evenement in (arret, rompu)]
            await asyncio.wait([travail, relance, *signaux], return_when=asyncio.FIRST_COMPLETED)
            for accessoire in (relance, *signaux):
                accessoire.cancel()
            travail.cancel()
            issues = await asyncio.gather(travail, relance, *signaux, return_exceptions=True)
    for issue in issues:
        if isinstance(issue, Exception):
            raise issue


async def _servir(simultanes: int) -> None:
    arret = asyncio.Event()
    boucle = asyncio.get_running_loop()
    for numero in (signal.SIGTERM, signal.SIGINT):
        boucle.add_signal_handler(numero, arret.set)
    while not arret.is_set():
        try:
            await _vivre(simultanes, arret)
        except PANNES as erreur:
            cause = str(erreur.__cause__ or erreur).strip().partition("\n")[0]
            journal.warning("La base ne répond pas, nouvel essai dans une seconde : %s", cause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(arret.wait(), 1)


@click.command("worker")
@click.option("--simultanes", default=2, show_default=True, type=click.IntRange(1, 64), help="Nombre de travaux menés de front.")
def commande(simultanes: int) -> None:
    """Démarre un processus de travaux\u00a0; s’arrête proprement avec SIGTERM ou Ctrl-C."""
    asyncio.run(_servir(simultanes))
