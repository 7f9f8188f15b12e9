"""Uploaded documents. They carry no portée: only the `requetes` of their owner hand them out."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import models

from jalon.pieces.enums import EtatApercu, EtatDocument, TypeDocument
from jalon.pieces.regles import ETATS
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import PerimetreOublie


class GestionnaireDocuments(models.Manager["Document"]):
    """Documents by the ids that an owner holds; listing them all is a mistake."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet["Document"]:
        raise PerimetreOublie("Document : passez par son propriétaire, ou par de_proprietaire(ids, raison)")

    def de_proprietaire(self, ids: Iterable[UUID], raison: str) -> models.QuerySet["Document"]:
        """The documents whose ids the caller read on rows that the actor may see; says why."""
        if not raison:
            raise PerimetreOublie("de_proprietaire() demande une raison")
        return models.QuerySet(self.model, using=self._db).filter(id__in=list(ids))

    def en_attente(self) -> models.QuerySet["Document"]:
        """Those that the antivirus has not judged yet (jobs only)."""
        return models.QuerySet(self.model, using=self._db).filter(etat=EtatDocument.EN_ATTENTE)


class Document(models.Model):
    """One file. `taille` and `sha256` are those of the content kept (an image is written anew)."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    nom = models.CharField(max_length=120)
    type_mime = models.CharField(max_length=40, choices=[(t.value, t.value) for t in TypeDocument])
    taille = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    etat = models.CharField(max_length=12, choices=[(e.value, e.value) for e in EtatDocument])
    motif_refus = models.CharField(max_length=200, default="", blank=True)
    depose_par_id = models.UUIDField(null=True)
    depose_le = models.DateTimeField()
    analyse_le = models.DateTimeField(null=True)

    objects: ClassVar[GestionnaireDocuments] = GestionnaireDocuments()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["depose_le"], condition=models.Q(etat=EtatDocument.EN_ATTENTE.value), name="document_en_attente")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(etat__in=[e.value for e in EtatDocument]), name="document_etat_connu"),
            models.CheckConstraint(
                condition=models.Q(motif_refus="") | models.Q(etat=EtatDocument.REFUSEE.value), name="document_motif_si_refuse"
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def avancer(self, vers: EtatDocument) -> None:
        """Move along the table of states. Raises TransitionImpossible."""
        ETATS.exiger(self.etat, vers)
        self.etat = vers


class Apercu(models.Model):
    """First pages of a document, drawn as images: `pages` are kept, of `total`. It dies with the document."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="+")
    etat = models.CharField(max_length=12, default=EtatApercu.EN_COURS, choices=[(e.value, e.value) for e in EtatApercu])
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    demande_le = models.DateTimeField()
    fait_le = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Apercu"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(etat__in=[e.value for e in EtatApercu]), name="apercu_etat_connu"),
            models.CheckConstraint(
                condition=models.Q(etat=EtatApercu.PRET.value, pages__gt=0)
                | ~models.Q(etat=EtatApercu.PRET.value) & models.Q(pages=0),
                name="apercu_pages_si_pret",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.etat}"
