"""Decisions: inserted once, never changed."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from jalon.dossiers.models import Dossier
from jalon.dossiers.models.dossier import q_des_cotes
from jalon.instruction.enums import MotifRefus, SensDecision
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.modeles import ModeleProtege


class Decision(ModeleProtege):
    """A grant or a refusal, with what it was judged on. `lignes`: poste, asked and granted; company and OPCO read it.

    `controles`: every check as it stood when a grant was given (control, title, result, source, messages, day). `automatique`: by
    the portal alone.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    sens = models.CharField(max_length=8, choices=[(s.value, s.value) for s in SensDecision])
    motif = models.CharField(max_length=24, default="", blank=True, choices=[(m.value, m.value) for m in MotifRefus])
    texte = models.TextField(default="", blank=True)
    bareme_reference = models.CharField(max_length=300, default="", blank=True)
    contenu_version = models.PositiveIntegerField()
    lignes = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    controles = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    automatique = models.BooleanField("prise sans intervention", default=False, db_default=False)
    par = models.UUIDField(null=True)
    par_nom = models.CharField(max_length=200, default="", blank=True)
    le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sens=SensDecision.ACCORD, motif="") | Q(sens=SensDecision.REFUS) & ~Q(motif=""),
                name="decision_motif_si_refus",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sens} {self.le:%Y-%m-%d}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Company and OPCO, as the request; the provider reads its agreement instead."""
        return q_des_cotes(acteur, niveau, prestataire=False, chemin="dossier__")
