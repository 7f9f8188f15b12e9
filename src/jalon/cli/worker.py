"""`jalon worker`: one process of background jobs."""

import click
from django.core.management import call_command


@click.command("worker")
@click.option("--simultanes", default=2, show_default=True, help="Nombre de travaux menés de front.")
def commande(simultanes: int) -> None:
    """Démarre un processus de travaux ; s’arrête proprement avec SIGTERM ou Ctrl-C."""
    call_command(
        "procrastinate",
        "worker",
        concurrency=simultanes,
        fetch_job_polling_interval=1.0,
        update_heartbeat_interval=4.0,
        stalled_worker_timeout=12.0,
        shutdown_graceful_timeout=10.0,
    )
