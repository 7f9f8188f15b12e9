"""The queue seen from above: what a dead worker left is given back, what waits too long shows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

SECONDES_SANS_SIGNE = 15
"""A worker says that it lives every 4 seconds (cli.worker); Typst and our parsers let it speak while they work."""

_ABANDONNES = """
    SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
    ORDER BY j.id FOR UPDATE OF j SKIP LOCKED
"""
_ATTENTE = """
    SELECT now() - min(depuis) FROM (
        SELECT min(scheduled_at) AS depuis FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at <= now()
        UNION ALL
        SELECT min(e.at) FROM procrastinate_events e WHERE e.type = 'deferred' AND e.job_id = (
            SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL)
    ) attentes
"""


def relancer_travaux_interrompus() -> int:
    """Give back to the queue the jobs whose worker shows no sign of life (killed, machine lost); how many.

    Several workers may do it at once: rows are locked, a job is given back once.
    """
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(_ABANDONNES, [SECONDES_SANS_SIGNE])
        abandonnes = [ligne[0] for ligne in curseur.fetchall()]
        for travail in abandonnes:
            try:
                with transaction.atomic():
                    curseur.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [travail])
            except IntegrityError:  # the next tick of a periodic job is in the queue already
                curseur.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', false)", [travail])
    return len(abandonnes)


@dataclass(frozen=True, slots=True)
class EtatFile:
    """`attente`: age of the oldest job that could run; `signe`: since the last sign of a worker, None without worker."""

    attente: timedelta
    signe: timedelta | None
    echoues: int

    @property
    def ouvrier_vivant(self) -> bool:
        """Whether a worker gave a sign lately."""
        return self.signe is not None and self.signe.total_seconds() < SECONDES_SANS_SIGNE


def etat_de_la_file() -> EtatFile:
    """Age of the queue, life of the workers, jobs given up."""
    with connection.cursor() as curseur:
        curseur.execute(_ATTENTE)
        attente = curseur.fetchone()[0]
        curseur.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        signe = curseur.fetchone()[0]
        curseur.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        echoues = curseur.fetchone()[0]
    return EtatFile(attente or timedelta(), signe, echoues)


def avancer_travaux(duree: timedelta) -> None:
    """Bring forward what waits for a date, when the demonstration moves its clock."""
    with connection.cursor() as curseur:
        curseur.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - make_interval(secs => %s)"
            " WHERE status = 'todo' AND scheduled_at > now()",
            [duree.total_seconds()],
        )
