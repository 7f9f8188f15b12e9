"""`jalon horloge +72h`: moves the clock of the demonstration. Elsewhere the app that does it is not installed."""

import re
from datetime import timedelta

import click
from django.conf import settings
from django.core.management import call_command

UNITES = {"m": "minutes", "h": "hours", "j": "days"}
AVANCE_MAXIMALE = timedelta(days=3650)


@click.command("horloge")
@click.argument("avance")
def commande(avance: str) -> None:
    """Avance l’horloge du serveur et des travaux, par exemple +72h, +90m ou +10j."""
    if not settings.JALON_DEMO:
        raise click.UsageError("L’horloge ne se règle qu’en démonstration (JALON_DEMO=1).")
    lue = re.fullmatch(r"\+([0-9]{1,5})([mhj])", avance.strip())
    if lue is None:
        raise click.UsageError("Écrivez l’avance sous la forme +72h, +90m ou +10j.")
    duree = timedelta(**{UNITES[lue.group(2)]: int(lue.group(1))})
    if duree > AVANCE_MAXIMALE:
        raise click.UsageError("L’horloge avance de dix ans au plus à la fois.")
    call_command("avancer_horloge", int(duree.total_seconds()))
