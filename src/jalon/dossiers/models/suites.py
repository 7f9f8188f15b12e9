"""What hangs on a request: documents, versions of its content, demands for a complement.

Seen by who sees the request from the company's or the OPCO's side; a provider sees none of it.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from jalon.dossiers.enums import (
    ISSUES,
    LIBELLES_COMPLEMENTS,
    LIBELLES_MODIFICATIONS,
    EtatComplement,
    EtatModification,
    EtatPiece,
    MotifVersion,
)
from jalon.dossiers.models.dossier import Dossier, q_des_cotes
from jalon.dossiers.regles import etat_du_complement
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.modeles import ModeleProtege


class SuiteDeDossier(ModeleProtege):
    """A row of one request; it carries the portée of the request, without the provider's."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Company and OPCO; the OPCO never sees what hangs on a draft."""
        return q_des_cotes(acteur, niveau, prestataire=False, chemin="dossier__")


class PieceDeposee(SuiteDeDossier):
    """A document attached under a code of the dispositif. A new one replaces it: both are kept.

    `document`: its file, shared with the porte-documents that it comes from or was kept in. `origine`: the name that it had there, as
    it was that day: empty when it was sent from a computer.
    """

    code = models.CharField(max_length=40)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=12, default=EtatPiece.DEPOSEE, choices=[(e.value, e.value) for e in EtatPiece])
    motif = models.CharField(max_length=500, default="", blank=True)
    deposee_le = models.DateTimeField()
    deposee_par = models.UUIDField(null=True)
    deposee_par_nom = models.CharField(max_length=200, default="", blank=True)
    origine = models.CharField("prise dans le porte-documents", max_length=120, default="", db_default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "code"], condition=~Q(etat=EtatPiece.REMPLACEE), name="piece_courante_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.etat}"


class VersionContenu(SuiteDeDossier):
    """A validated document, immutable; sensitive boxes are ciphertext for the request."""

    numero = models.PositiveIntegerField()
    contenu = models.JSONField(encoder=DjangoJSONEncoder)
    le = models.DateTimeField()
    par = models.UUIDField(null=True)
    motif = models.CharField(max_length=16, choices=[(m.value, m.value) for m in MotifVersion])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "numero"], name="version_unique")]

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.numero}"


class DemandeComplement(SuiteDeDossier):
    """What the OPCO asks again: codes of documents, paths of boxes, why, a day. One at a time is open on a request.

    `liees`: boxes that open with those asked, because they depend on them. `motifs`: a reason by path of box or « pieces.code »;
    `message`: words for the whole. `version`: of the content it was asked on, `version_rendue`: of the answer. `commencee_le`:
    when something was first kept for it. `satisfaite_le`: when it ended, `issue`: how, `motif_fin`: why the OPCO took it back.
    """

    pieces = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    cases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    liees = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    motifs = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True)
    echeance = models.DateField("échéance")
    demandee_par = models.UUIDField(null=True)
    demandee_par_nom = models.CharField(max_length=200, default="", blank=True)
    le = models.DateTimeField()
    version = models.PositiveIntegerField(default=0, db_default=0)
    commencee_le = models.DateTimeField(null=True)
    satisfaite_le = models.DateTimeField(null=True)
    issue = models.CharField(max_length=12, default="", db_default="", blank=True, choices=[(e.value, e.value) for e in ISSUES])
    motif_fin = models.CharField(max_length=500, default="", db_default="", blank=True)
    version_rendue = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(satisfaite_le__isnull=True), name="complement_en_cours_unique"
            ),
            models.CheckConstraint(
                condition=Q(satisfaite_le__isnull=True, issue="") | Q(satisfaite_le__isnull=False) & ~Q(issue=""),
                name="complement_issue_si_clos",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.le:%Y-%m-%d}"

    @property
    def ouvertes(self) -> list[str]:
        """Paths of the boxes that may be changed: those asked, and those that depend on them."""
        return [*self.cases, *self.liees]

    def etat(self, jour: date) -> EtatComplement:
        """Where it stands that day."""
        return etat_du_complement(self.issue, commence=self.commencee_le is not None, echeance=self.echeance, jour=jour)

    def libelle_etat(self, jour: date) -> str:
        """« Échéance passée »."""
        return LIBELLES_COMPLEMENTS[self.etat(jour)]


class DemandeModification(SuiteDeDossier):
    """A change of one answer that the company asks the OPCO for.

    `chemin`: its box; `souhait`: the answer wished, empty for a sensitive box, which is typed once it is open again. `reponse`: why
    it is refused.
    """

    chemin = models.CharField(max_length=120)
    libelle = models.CharField("libellé", max_length=200)
    souhait = models.CharField(max_length=500, blank=True)
    motif = models.CharField(max_length=500)
    etat = models.CharField(
        "état", max_length=12, default=EtatModification.DEMANDEE, choices=[(e.value, e.value) for e in EtatModification]
    )
    par = models.UUIDField(null=True)
    par_nom = models.CharField(max_length=200)
    le = models.DateTimeField()
    reponse = models.CharField("réponse", max_length=500, default="", blank=True)
    decidee_par_nom = models.CharField(max_length=200, default="", blank=True)
    decidee_le = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["portefeuille_id", "le"], condition=Q(etat=EtatModification.DEMANDEE), name="modification_demandee"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "chemin"],
                condition=Q(etat=EtatModification.DEMANDEE),
                name="modification_demandee_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.chemin}"

    @property
    def libelle_etat(self) -> str:
        """« Demandée »."""
        return LIBELLES_MODIFICATIONS[self.etat]
