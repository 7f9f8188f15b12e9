"""`jalon horloge +72h`: moves the clock of the demonstration."""

import re
from datetime import timedelta

import click
from django.conf import settings

from jalon.demo.horloge import avancer
from jalon.socle.dates import PARIS
from jalon.socle.horloge import maintenant

UNITES = {"m": "minutes", "h": "hours", "j": "days"}


@click.command("horloge")
@click.argument("avance")
def commande(avance: str) -> None:
    """Avance l’horloge du serveur et des travaux, par exemple +72h, +90m ou +10j."""
    if not settings.JALON_DEMO:
        raise click.UsageError("L’horloge ne se règle qu’en démonstration (JALON_DEMO=1).")
    lue = re.fullmatch(r"\+(\d{1,5})([mhj])", avance.strip())
    if lue is None:
        raise click.UsageError("Écrivez l’avance sous la forme +72h, +90m ou +10j.")
    total = avancer(timedelta(**{UNITES[lue.group(2)]: int(lue.group(1))}))
    click.echo(f"L’horloge avance de {total}. Il est {maintenant().astimezone(PARIS):%d/%m/%Y %H:%M}.")
