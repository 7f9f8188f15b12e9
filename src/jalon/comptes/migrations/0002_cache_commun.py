"""The cache shared by every process: limits of sign-in tries and one-time codes already used."""

from typing import ClassVar

from django.core.management import call_command
from django.db import migrations


def creer(apps: object, editeur: object) -> None:
    call_command("createcachetable", "cache_commun", verbosity=0)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("comptes", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(creer, migrations.RunPython.noop)]
