"""Load the cast of the demonstration; may be run again."""

from django.core.management.base import BaseCommand

from jalon.demo.chargement import charger


class Command(BaseCommand):
    """Called once per version by `jalon demo`."""

    help = "Charge la distribution fictive de la démonstration."

    def handle(self, *args: object, **options: object) -> None:
        charger()
