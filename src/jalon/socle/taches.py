"""Upkeep of the queue of jobs."""

from django.db import connection

from jalon.socle.travaux import tache_periodique

JOURS_CONSERVES = 30


@tache_periodique("socle.purger_travaux", "17 3 * * *")
def purger_travaux() -> None:
    """Delete the finished jobs after 30 days (exigences, T23)."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
                SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(days => %s))
            """,
            [JOURS_CONSERVES],
        )
