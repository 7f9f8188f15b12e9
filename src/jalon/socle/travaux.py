"""Background jobs: Procrastinate behind three names, so that every job is deferred, retried and cleaned alike.

A job carries identifiers only (its arguments are stored in clear) and is idempotent: a killed worker repeats it.
Deferring inside `atomic()` is transactional, in a job as in a request: the job exists if and only if the transaction does.
"""

import contextlib
import functools
import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError, transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, JobDeferrer
from procrastinate.manager import JobManager

from jalon.socle.horloge import heure_reelle

journal = logging.getLogger("jalon.travaux")

TENTATIVES = 80
ATTENTE_MAXIMALE = 3600
LONGUEUR_IDENTIFIANT = 80

_PAR_LA_CONNEXION_DU_MOMENT = JobManager(DjangoConnector())
"""A worker gives the app a connection pool of its own: deferring through it would escape the job's transaction."""

_periodiques: list[str] = []


class Reprise(BaseRetryStrategy):
    """Again after 3 s, 9 s, 27 s… then every hour, for three days: a mail server down for a week-end loses nothing."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002
        if job.attempts >= TENTATIVES:
            return None
        return RetryDecision(retry_in={"seconds": min(3 ** min(job.attempts + 1, 8), ATTENTE_MAXIMALE)})


def tache(nom: str, *, file: str = "courante") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job under a stable name; it runs in a thread of the worker with a connection of its own."""

    def decorer(fonction: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(fonction)
        def executer(**arguments: object) -> None:
            try:
                fonction(**arguments)
            except Exception:
                journal.warning("Travail interrompu, il sera repris : %s", nom, exc_info=True)
                raise

        app.task(name=nom, queue=file, retry=Reprise())(executer)
        return fonction

    return decorer


def tache_periodique(nom: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare a job run on a cron schedule in UTC (once per tick, whatever the number of workers)."""

    def decorer(fonction: Callable[[], None]) -> Callable[[], None]:
        def executer(**_horodatage: int) -> None:
            fonction()

        app.periodic(cron=cron)(app.task(name=nom, queue="periodique", queueing_lock=nom)(executer))
        _periodiques.append(nom)
        return fonction

    return decorer


def declencher_periodiques() -> None:
    """Queue every periodic job once, for the demonstration that moves its clock past their hour."""
    for nom in _periodiques:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            JobDeferrer(job_manager=_PAR_LA_CONNEXION_DU_MOMENT, job=app.configure_task(nom).job).defer()


def differer(nom: str, *, le: datetime | None = None, **identifiants: str) -> None:
    """Queue a declared job in the current transaction, not before `le` (an instant of our clock).

    Raises TaskNotFound for a name nobody declared, TypeError for anything but short texts: arguments are stored in clear.
    """
    for valeur in identifiants.values():
        if not isinstance(valeur, str) or len(valeur) > LONGUEUR_IDENTIFIANT:
            raise TypeError("un travail ne porte que des identifiants")
    modele = app.configure_task(nom, allow_unknown=False, schedule_at=heure_reelle(le) if le else None)
    try:
        JobDeferrer(job_manager=_PAR_LA_CONNEXION_DU_MOMENT, job=modele.job).defer(**identifiants)
    except ConnectorException as erreur:
        raise OperationalError("La file des travaux ne répond pas.") from erreur
