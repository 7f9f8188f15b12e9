"""What one person of the OPCO proposes and another confirms about the access to an organisation (exigences, T13, S9)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatDecision, NatureDecision
from jalon.habilitations.models.rattachements import ModeleDesAcces, Rattachement
from jalon.habilitations.regles import VALIDITE_DEMANDE


class DecisionADeux(ModeleDesAcces):
    """One decision, made by two different people: the database refuses that one of them is both.

    `rattachement`: the access that ends. `repreneur_siren`: who takes over. `etablissement`: the SIRET taken over.
    `employee_le`: when a confirmed recovery was used by an order of letters.
    """

    nature = models.CharField(max_length=12, choices=[(n.value, n.value) for n in NatureDecision])
    etat = models.CharField(max_length=9, default=EtatDecision.PROPOSEE, choices=[(e.value, e.value) for e in EtatDecision])
    motif = models.CharField(max_length=500)
    preuve = models.CharField(max_length=500)
    rattachement = models.ForeignKey(Rattachement, on_delete=models.PROTECT, null=True, related_name="+")
    repreneur_siren = models.CharField("SIREN du repreneur", max_length=9, default="", blank=True)
    etablissement = models.CharField("SIRET repris", max_length=14, default="", blank=True)
    proposee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    proposee_le = models.DateTimeField()
    decidee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    decidee_le = models.DateTimeField(null=True)
    motif_ecart = models.CharField(max_length=500, default="", blank=True)
    employee_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(etat=EtatDecision.CONFIRMEE) | (Q(decidee_par__isnull=False) & ~Q(decidee_par=F("proposee_par"))),
                name="decision_confirmee_par_un_autre",
            ),
            models.UniqueConstraint(
                fields=["nature", "siren", "prestataire_siren"],
                condition=Q(etat=EtatDecision.PROPOSEE),
                name="decision_proposee_unique",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["portefeuille_id", "etat"], name="decision_portefeuille")]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.nature} {self.etat}"

    def expiree(self, maintenant: datetime) -> bool:
        """Whether nobody confirmed the proposal in its 30 days."""
        return self.etat == EtatDecision.PROPOSEE and self.proposee_le + VALIDITE_DEMANDE <= maintenant
