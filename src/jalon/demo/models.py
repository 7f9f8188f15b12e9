"""The one clock of the demonstration."""

from datetime import timedelta

from django.db import models


class Decalage(models.Model):
    """How far the clock of web and worker is ahead of the real one. One row at most."""

    UNIQUE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=UNIQUE)
    duree = models.DurationField(default=timedelta)

    def __str__(self) -> str:
        return str(self.duree)
