"""Documents we typeset. They carry no portée: only the `requetes` of the object they belong to hand them out."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import models

from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import PerimetreOublie


class GestionnaireEditions(models.Manager["Edition"]):
    """Editions by what they were made for; listing them all is a mistake."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet["Edition"]:
        raise PerimetreOublie("Edition : passez par son objet, ou par de_objets(genre, ids, raison)")

    def de_objets(self, genre: str, ids: Iterable[UUID], raison: str) -> models.QuerySet["Edition"]:
        """The editions of objects that the caller holds; says why."""
        if not raison:
            raise PerimetreOublie("de_objets() demande une raison")
        return models.QuerySet(self.model, using=self._db).filter(genre=genre, objet_id__in=list(ids))

    def de_cles(self, cles: Iterable[UUID], raison: str) -> models.QuerySet["Edition"]:
        """The editions whose content has those keys (upkeep); says why."""
        if not raison:
            raise PerimetreOublie("de_cles() demande une raison")
        return models.QuerySet(self.model, using=self._db).filter(cle__in=list(cles))


class Edition(models.Model):
    """One PDF, made once for (genre, objet_id); `cle` names its content in the storage."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    genre = models.CharField(max_length=40)
    objet_id = models.UUIDField()
    cle = models.UUIDField(unique=True)
    titre = models.CharField(max_length=200)
    gabarit_version = models.CharField(max_length=40, default="", blank=True)
    taille = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    produite_le = models.DateTimeField()

    objects: ClassVar[GestionnaireEditions] = GestionnaireEditions()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["genre", "objet_id"], name="edition_une_fois")]

    def __str__(self) -> str:
        return self.titre
