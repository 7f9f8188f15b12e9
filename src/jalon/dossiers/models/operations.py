"""The same act on many requests, asked once and done by a job, one request at a time."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.dossiers.enums import EtatOperation, GenreOperation
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.modeles import ModeleProtege


class OperationEnNombre(ModeleProtege):
    """What somebody asked of many requests, seen by her alone.

    `siren`: of the space where she asked; empty at the OPCO. `dossiers`: those chosen, or found by `filtre` when the run begins
    (`par_filtre`). `faits`: how many were tried, in that order: a killed job goes on from there. `servis`: those whose documents
    are in the file. `refus`: {"dossier", "phrase", "entier"}: what could not be
    done, and whether the whole request was left as it was. `beneficiaire`: to whom they are given.
    """

    genre = models.CharField(max_length=12, choices=[(g.value, g.value) for g in GenreOperation])
    etat = models.CharField(
        "état", max_length=10, default=EtatOperation.DEMANDEE, choices=[(e.value, e.value) for e in EtatOperation]
    )
    personne = models.UUIDField()
    par_filtre = models.BooleanField(default=False)
    liste = models.CharField(max_length=20, default="", blank=True)
    filtre = models.JSONField(default=dict, blank=True)
    dossiers = ArrayField(models.UUIDField(), default=list, blank=True)
    beneficiaire = models.UUIDField("bénéficiaire", null=True, blank=True)
    faits = models.PositiveIntegerField(default=0)
    servis = ArrayField(models.UUIDField(), default=list, blank=True)
    refus = models.JSONField(default=list, blank=True)
    octets = models.PositiveBigIntegerField(default=0)
    demandee_le = models.DateTimeField()
    finie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["personne", "-demandee_le"], name="operation_personne")]

    def __str__(self) -> str:
        return f"{self.genre} {self.faits}/{len(self.dossiers)}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Hers alone, whatever her rights."""
        return Q(personne=acteur.identite) if acteur.identite is not None else Q(pk__in=[])

    @property
    def finie(self) -> bool:
        """Whether nothing more will be done."""
        return self.etat not in {EtatOperation.DEMANDEE, EtatOperation.EN_COURS}

    @property
    def reussis(self) -> int:
        """How many were done."""
        return self.faits - sum(bool(refus["entier"]) for refus in self.refus)
