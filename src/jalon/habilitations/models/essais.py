"""Counters of tries, by day in Paris."""

from typing import ClassVar

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
