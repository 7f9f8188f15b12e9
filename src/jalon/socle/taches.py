"""Upkeep of the queue of jobs."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

SECONDES_SANS_SIGNE = 12
HEURES_CONSERVEES = 30 * 24


@app.periodic(cron="* * * * * */10")
@app.task(name="socle.relancer_travaux_interrompus", queue="periodique", pass_context=True, queueing_lock="relance")
async def relancer_travaux_interrompus(context: JobContext, timestamp: int) -> None:
    """Give back to the queue the jobs whose worker shows no sign of life (killed, machine lost)."""
    gestion = context.app.job_manager
    for travail in await gestion.get_stalled_jobs(seconds_since_heartbeat=SECONDES_SANS_SIGNE):
        await gestion.retry_job(travail)


@app.periodic(cron="17 3 * * *")
@app.task(name="socle.purger_travaux", queue="periodique", pass_context=True, queueing_lock="purge")
async def purger_travaux(context: JobContext, timestamp: int) -> None:
    """Delete the finished jobs after 30 days (exigences, T23)."""
    await context.app.job_manager.delete_old_jobs(
        HEURES_CONSERVEES, include_failed=True, include_cancelled=True, include_aborted=True
    )
