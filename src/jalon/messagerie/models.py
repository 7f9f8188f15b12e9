"""Threads and messages. They carry no portée: only the `requetes` of the object that owns a thread hand it out."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import models

from jalon.messagerie.enums import Cote
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import PerimetreOublie


class Fil(models.Model):
    """A conversation between two sides, owned by one object."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    ouvert_le = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class GestionnaireMessages(models.Manager["Message"]):
    """Messages by the threads that an owner holds; listing them all is a mistake."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet["Message"]:
        raise PerimetreOublie("Message : passez par le propriétaire du fil, ou par de_fils(ids, raison)")

    def de_fils(self, fil_ids: Iterable[UUID], raison: str) -> models.QuerySet["Message"]:
        """The messages of threads whose ids the caller read on rows that the actor may see; says why."""
        if not raison:
            raise PerimetreOublie("de_fils() demande une raison")
        return models.QuerySet(self.model, using=self._db).filter(fil_id__in=list(fil_ids))


class Message(models.Model):
    """What somebody wrote. Never edited, never deleted before its thread."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    fil = models.ForeignKey(Fil, on_delete=models.CASCADE, related_name="messages")
    cote = models.CharField("côté", max_length=12, choices=[(c.value, c.value) for c in Cote])
    auteur_id = models.UUIDField(null=True)
    auteur_libelle = models.CharField(max_length=200)
    corps = models.TextField()
    le = models.DateTimeField()

    objects: ClassVar[GestionnaireMessages] = GestionnaireMessages()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fil", "le", "id"], name="message_fil")]

    def __str__(self) -> str:
        return f"{self.auteur_libelle} {self.le:%Y-%m-%d %H:%M}"


class Lecture(models.Model):
    """Until when somebody has read a thread."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    fil = models.ForeignKey(Fil, on_delete=models.CASCADE, related_name="lectures")
    lecteur_id = models.UUIDField()
    lu_jusqu_a = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["lecteur_id", "fil"], name="lecture_unique")]

    def __str__(self) -> str:
        return f"{self.fil_id} {self.lu_jusqu_a:%Y-%m-%d %H:%M}"
