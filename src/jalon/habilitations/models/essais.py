"""Counters of tries, by day in Paris, and of rights given, by the hour that slides."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CompteurEssais(models.Model):
    """How many times `cle` tried `genre` on that day. Written by one statement only (`essais.consommer`)."""

    genre = models.CharField(max_length=20)
    cle = models.CharField(max_length=64)
    jour = models.DateField()
    nombre = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["genre", "cle", "jour"], name="essais_unique")]

    def __str__(self) -> str:
        return f"{self.genre} {self.jour} {self.nombre}"


class RythmeOctrois(models.Model):
    """When somebody gave rights in the last hour. Written by one statement only (`rythme.compter`)."""

    personne_id = models.UUIDField(primary_key=True)
    instants = ArrayField(models.DateTimeField(), default=list)

    def __str__(self) -> str:
        return f"{self.personne_id} {len(self.instants)}"
