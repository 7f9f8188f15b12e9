"""What somebody was told, what she wants to be told, and how far the journal was read."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.notifications.enums import Canal, Genre
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege

ORIGINE_DU_JOURNAL = UUID(int=0)


class Recapitulatif(models.Model):
    """The mail of one day to one person: the constraint lets nothing be sent twice."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    jour = models.DateField()
    prepare_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["personne", "jour"], name="notifications_du_jour_une_fois")]
        indexes: ClassVar = [models.Index(fields=["prepare_le"], name="notif_recapitulatif_oubli")]

    def __str__(self) -> str:
        return f"{self.jour:%Y-%m-%d}"


class Notification(ModeleProtege):
    """One thing told to one person. Its portée is that of the event: it is read again each time the sentence is shown.

    `origine`: the event of the journal, or what takes its place; with the person, it is unique: nothing is told twice.
    `lieu`: the SIREN in whose space she reads it. `niveau`, `dispositif`: the right that shows it. `canal`: how she is told,
    decided when it arrived. `recapitulatif`: the mail that told it.
    """

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    origine = models.UUIDField()
    code = models.CharField(max_length=60)
    genre = models.CharField(max_length=24, choices=[(g.value, g.value) for g in Genre])
    phrase = models.CharField(max_length=300)
    page = models.CharField("nom de l’adresse", max_length=60)
    parametres = models.JSONField("de l’adresse", default=dict)
    lieu = models.CharField(max_length=9, default="", blank=True)
    niveau = models.PositiveSmallIntegerField(default=Niveau.LECTURE)
    dispositif = models.CharField(max_length=40, default="", blank=True)
    canal = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Canal])
    survenue_le = models.DateTimeField()
    creee_le = models.DateTimeField("créée le")
    lue_le = models.DateTimeField(null=True)
    recapitulatif = models.ForeignKey(Recapitulatif, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["personne", "origine"], name="notification_une_fois")]
        indexes: ClassVar = [
            models.Index(fields=["personne", "-survenue_le", "-id"], name="notification_boite"),
            models.Index(fields=["personne"], condition=Q(lue_le__isnull=True), name="notification_non_lue"),
            models.Index(
                fields=["personne"],
                condition=Q(lue_le__isnull=True, recapitulatif__isnull=True, canal=Canal.RECAPITULATIF),
                name="notification_a_recapituler",
            ),
            models.Index(fields=["creee_le"], name="notification_oubli"),
        ]

    def __str__(self) -> str:
        return self.phrase

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Hers alone, whoever asks and whatever the rights: `requetes.lisible` then says whether the sentence is shown."""
        del niveau
        return Q(personne_id=acteur.identite) if acteur.identite is not None else Q(pk__in=[])


class Preference(models.Model):
    """What one person chose for one kind, in one place (empty: everywhere)."""

    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    genre = models.CharField(max_length=24, choices=[(g.value, g.value) for g in Genre])
    lieu = models.CharField(max_length=9, default="", blank=True)
    canal = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Canal])
    modifiee_le = models.DateTimeField("modifiée le")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["personne", "genre", "lieu"], name="preference_unique")]

    def __str__(self) -> str:
        return f"{self.genre} {self.canal}"


class Curseur(models.Model):
    """How far the journal was read: one row, whose lock lets one worker read at a time. `jusqu_a`: id of the last event, in the order
    in which ids were made."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    jusqu_a = models.UUIDField("jusqu’à", default=ORIGINE_DU_JOURNAL)

    def __str__(self) -> str:
        return str(self.jusqu_a)


class EvenementLu(models.Model):
    """An event already told: what is near the cursor is looked at several times, since a transaction may commit late."""

    evenement_id = models.UUIDField(primary_key=True, editable=False)

    def __str__(self) -> str:
        return str(self.evenement_id)
