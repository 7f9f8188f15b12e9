"""Threads, messages and their documents: they carry no portée, only the `requetes` of the object that owns a thread hand it out.
And the model answers of the OPCO."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalon.messagerie.enums import Cote, Usage
from jalon.messagerie.regles import LONGUEUR_TITRE
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege, PerimetreOublie, un_parmi


class Fil(models.Model):
    """A conversation between two sides, owned by one object.

    `confie_a`: who answers for the OPCO, when an adviser said so. `relance_le`: when the OPCO was last reminded of a
    message, until it answers.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    ouvert_le = models.DateTimeField()
    confie_a = models.UUIDField(null=True)
    confie_a_nom = models.CharField(max_length=200, default="", db_default="", blank=True)
    confie_le = models.DateTimeField(null=True)
    relance_le = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["relance_le"], condition=models.Q(relance_le__isnull=False), name="fil_relance")
        ]

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
    """What somebody wrote. Never edited, never deleted before its thread. `lu_le`: when the other side first read it."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    fil = models.ForeignKey(Fil, on_delete=models.CASCADE, related_name="messages")
    cote = models.CharField("côté", max_length=12, choices=[(c.value, c.value) for c in Cote])
    auteur_id = models.UUIDField(null=True)
    auteur_libelle = models.CharField(max_length=200)
    corps = models.TextField()
    le = models.DateTimeField()
    lu_le = models.DateTimeField(null=True)
    lu_par_nom = models.CharField(max_length=200, default="", db_default="", blank=True)

    objects: ClassVar[GestionnaireMessages] = GestionnaireMessages()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fil", "le", "id"], name="message_fil")]

    def __str__(self) -> str:
        return f"{self.auteur_libelle} {self.le:%Y-%m-%d %H:%M}"


class GestionnaireJointes(models.Manager["PieceJointe"]):
    """Documents of messages by the threads that an owner holds; listing them all is a mistake."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet["PieceJointe"]:
        raise PerimetreOublie("PieceJointe : passez par le propriétaire du fil, ou par de_fils(ids, raison)")

    def de_fils(self, fil_ids: Iterable[UUID], raison: str) -> models.QuerySet["PieceJointe"]:
        """The documents of threads whose ids the caller read on rows that the actor may see; says why."""
        if not raison:
            raise PerimetreOublie("de_fils() demande une raison")
        lignes: models.QuerySet[PieceJointe] = models.QuerySet(self.model, using=self._db)
        return lignes.filter(message__fil_id__in=list(fil_ids)).select_related("document").order_by("rang")


class PieceJointe(models.Model):
    """A document that goes with a message, in the order in which it was chosen."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    rang = models.PositiveSmallIntegerField()

    objects: ClassVar[GestionnaireJointes] = GestionnaireJointes()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "rang"], name="jointe_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.rang}"


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


class ModeleReponse(ModeleProtege):
    """Words that advisers take up: those of a portefeuille (`portefeuille_id`), or of one person (`personne_id`)."""

    personne_id = models.UUIDField(null=True)
    titre = models.CharField(max_length=LONGUEUR_TITRE)
    corps = models.TextField()
    usages = ArrayField(models.CharField(max_length=12, choices=[(u.value, u.value) for u in Usage]))
    modifie_par_nom = models.CharField(max_length=200)
    modifie_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(personne_id__isnull=True, portefeuille_id__isnull=False)
                | models.Q(personne_id__isnull=False, portefeuille_id__isnull=True),
                name="modele_d_un_portefeuille_ou_d_une_personne",
            )
        ]

    def __str__(self) -> str:
        return self.titre

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> models.Q:
        """Those of the portefeuilles where the actor examines, and her own while she examines somewhere."""
        portefeuilles = acteur.portefeuilles(Pouvoir.INSTRUIRE)
        if not portefeuilles:
            return models.Q(pk__in=[])
        return un_parmi("portefeuille_id", portefeuilles) | models.Q(personne_id=acteur.identite)
