"""Background jobs: Procrastinate behind two names, so that every job is deferred, retried and cleaned alike.

A job carries identifiers only (its arguments are stored in clear) and is idempotent: a killed worker repeats it.
Deferring inside `atomic()` is transactional: the job exists if and only if the transaction does.
"""

import functools
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

REPRISE = RetryStrategy(max_attempts=12, exponential_wait=3)


def tache(nom: str, *, file: str = "courante") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job under a stable name; it runs in a thread of the worker with a fresh database connection."""

    def decorer(fonction: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(fonction)
        def executer(**arguments: object) -> None:
            close_old_connections()
            try:
                fonction(**arguments)
            finally:
                close_old_connections()

        app.task(name=nom, queue=file, retry=REPRISE)(executer)
        return fonction

    return decorer


def tache_periodique(nom: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare a job run on a cron schedule (once per tick, whatever the number of workers)."""

    def decorer(fonction: Callable[[], None]) -> Callable[[], None]:
        def executer(timestamp: int) -> None:
            close_old_connections()
            try:
                fonction()
            finally:
                close_old_connections()

        app.periodic(cron=cron)(app.task(name=nom, queue="periodique", queueing_lock=nom)(executer))
        return fonction

    return decorer


def differer(nom: str, *, le: datetime | None = None, **identifiants: str) -> None:
    """Queue a job by its name, in the current transaction."""
    app.configure_task(nom, schedule_at=le).defer(**identifiants)
