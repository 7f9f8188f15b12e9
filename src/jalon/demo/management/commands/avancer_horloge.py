"""Move the clock of the demonstration, and what waits for an hour with it. Called by `jalon horloge`."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from jalon.demo.horloge import avancer
from jalon.socle.dates import PARIS, formater_duree
from jalon.socle.horloge import maintenant
from jalon.socle.relance import avancer_travaux
from jalon.socle.travaux import declencher_periodiques


class Command(BaseCommand):
    """One argument: seconds."""

    help = "Avance l’horloge de la démonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("secondes", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        duree = timedelta(seconds=options["secondes"])
        with transaction.atomic():
            total = avancer(duree)
            avancer_travaux(duree)
            declencher_periodiques()
        heure = maintenant().astimezone(PARIS)
        self.stdout.write(f"L’horloge avance de {formater_duree(total)}. Il est {heure:%d/%m/%Y %H:%M} à Paris.")
