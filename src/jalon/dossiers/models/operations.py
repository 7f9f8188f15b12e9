"""The same act on many requests, asked once and done by a job, one request at a time; or one request as one PDF, by documents."""

from datetime import date
from typing import ClassVar
from uuid import UUID

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
    Of one PDF, `cote`: from which side the request is read; `feuillets`: its documents, in order, as `prevoir` writes them.
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
    cote = models.CharField("côté", max_length=12, default="", db_default="", blank=True)
    feuillets = models.JSONField(default=list, db_default=[], blank=True)
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
    def etapes(self) -> int:
        """How many steps there are: the requests; of one PDF, its documents, then the binding."""
        return len(self.feuillets) + 1 if self.genre == GenreOperation.COMPLET else len(self.dossiers)

    @property
    def franchies(self) -> int:
        """How many are behind."""
        return self.faits + sum(bool(feuillet["vu"]) for feuillet in self.feuillets)

    def prevoir(self, piece_id: UUID, libelle: str, le: date) -> None:
        """Add a document to those that will be put in pages: `pages` once it is, or `motif`, why it cannot be."""
        ligne = {"piece": str(piece_id), "libelle": libelle, "le": le.isoformat(), "vu": False, "pages": 0, "motif": ""}
        self.feuillets.append(ligne)

    def refuser(self, quoi: str, phrase: str, *, entier: bool = True) -> None:
        """Write in the report what could not be done."""
        self.refus.append({"dossier": quoi[:200], "phrase": phrase, "entier": entier})

    @property
    def reussis(self) -> int:
        """How many were done."""
        return self.faits - sum(bool(refus["entier"]) for refus in self.refus)
