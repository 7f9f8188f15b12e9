"""Cuts, reading counters, traps, exceptional accesses and alerts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.socle.identifiants import nouvel_id
from jalon.veille.enums import LIBELLES_ALERTES, Cible, GenreAlerte, Origine


class Coupure(models.Model):
    """An access that the OPCO closed, and how it was opened again: one person asks, another confirms.

    `libelle`: name of the person, organisation or key on that day.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    cible = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cible])
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    siren = models.CharField("SIREN", max_length=9, default="", blank=True)
    cle_id = models.UUIDField("clé d’API", null=True)
    libelle = models.CharField(max_length=200)
    origine = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Origine])
    motif = models.CharField(max_length=500)
    le = models.DateTimeField()
    par_id = models.UUIDField(null=True)
    par_nom = models.CharField(max_length=200)
    demande_motif = models.CharField(max_length=500, default="", blank=True)
    demande_le = models.DateTimeField(null=True)
    demande_par = models.UUIDField(null=True)
    demande_par_nom = models.CharField(max_length=200, default="", blank=True)
    levee_le = models.DateTimeField(null=True)
    levee_par = models.UUIDField(null=True)
    levee_par_nom = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personne"], condition=Q(levee_le__isnull=True, cible=Cible.COMPTE), name="coupure_compte_unique"
            ),
            models.UniqueConstraint(
                fields=["siren"], condition=Q(levee_le__isnull=True, cible=Cible.ORGANISATION), name="coupure_siren_unique"
            ),
            models.UniqueConstraint(
                fields=["cle_id"], condition=Q(levee_le__isnull=True, cible=Cible.CLE), name="coupure_cle_unique"
            ),
            models.CheckConstraint(
                condition=(
                    Q(cible=Cible.COMPTE, personne__isnull=False)
                    | Q(cible=Cible.ORGANISATION) & ~Q(siren="")
                    | Q(cible=Cible.CLE, cle_id__isnull=False)
                ),
                name="coupure_vise_quelque_chose",
            ),
            models.CheckConstraint(
                condition=Q(levee_le__isnull=True)
                | Q(demande_par__isnull=False, levee_par__isnull=False) & ~Q(demande_par=models.F("levee_par")),
                name="coupure_levee_a_deux",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def active(self) -> bool:
        """Whether it still closes something."""
        return self.levee_le is None


class Lecture(models.Model):
    """An object opened that day (Paris) by somebody, or a page of a list that she was shown (not `ouvert`). Purged after two days."""

    pk = models.CompositePrimaryKey("lecteur_id", "jour", "objet_id", "ouvert")
    lecteur_id = models.UUIDField()
    jour = models.DateField()
    objet_id = models.UUIDField()
    ouvert = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["jour"], name="lecture_jour")]

    def __str__(self) -> str:
        return f"{self.lecteur_id} {self.objet_id}"


class CompteurLectures(models.Model):
    """What an account (`cle`: its id), a key of the API or an organisation (its SIREN) read that day; one statement writes it.

    `habitude`: people read on an ordinary day of the last thirty. `pause_jusqu_a`: new objects wait until then.
    """

    pk = models.CompositePrimaryKey("cle", "jour")
    cle = models.CharField("clé", max_length=36)
    jour = models.DateField()
    personnes = models.PositiveIntegerField()
    lignes = models.PositiveIntegerField()
    habitude = models.PositiveIntegerField()
    pause_jusqu_a = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["jour"], name="compteur_lectures_jour")]

    def __str__(self) -> str:
        return f"{self.cle} {self.jour} {self.personnes}"


class Piege(models.Model):
    """A honey dossier: nobody has a reason to read it."""

    objet_id = models.UUIDField(primary_key=True)
    numero = models.CharField("numéro", max_length=14)
    pose_le = models.DateTimeField()

    def __str__(self) -> str:
        return self.numero


class AccesExceptionnel(models.Model):
    """Break-glass: one person of the OPCO reads one request outside her portefeuilles, for an hour, with a reason."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    motif = models.CharField(max_length=500)
    debut = models.DateTimeField()
    fin = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["personne", "dossier", "fin"], name="acces_exceptionnel")]

    def __str__(self) -> str:
        return f"{self.personne_id} {self.dossier_id}"


class Alerte(models.Model):
    """Something that the administrators of the OPCO look at. `cle`: the same thing twice in a day is one alert.

    `detail` never holds a NIR, an IBAN or the name of an employee.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    genre = models.CharField(max_length=24, choices=[(g.value, LIBELLES_ALERTES[g]) for g in GenreAlerte])
    cle = models.CharField("clé", max_length=120, unique=True)
    le = models.DateTimeField()
    acteur_id = models.UUIDField(null=True)
    acteur_libelle = models.CharField(max_length=200)
    siren = models.CharField("SIREN", max_length=9, default="", blank=True)
    objet_id = models.UUIDField(null=True)
    detail = models.CharField("détail", max_length=500)
    traitee_le = models.DateTimeField(null=True)
    traitee_par = models.UUIDField(null=True)
    traitee_par_nom = models.CharField(max_length=200, default="", blank=True)
    note = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-le"], name="alerte_le")]

    def __str__(self) -> str:
        return LIBELLES_ALERTES[GenreAlerte(self.genre)]
