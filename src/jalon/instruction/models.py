"""Decisions: inserted once, never changed; contracts whose level was published after their grant."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from jalon.dossiers.models import Dossier
from jalon.dossiers.models.dossier import q_des_cotes
from jalon.instruction.enums import MotifRefus, SensDecision
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.modeles import ModeleProtege


class Regularisation(ModeleProtege):
    """A contract granted while its branch had published no level, whose level is now known: `montant` a year, said by `source`.

    Waits for an adviser as long as the agreement in force still gives the amount paid for want of it; never erased.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    montant = models.DecimalField("niveau publié, en euros par an", max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300)
    trouvee_le = models.DateTimeField("trouvée le")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.montant}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Those who decide at the OPCO, in their portefeuilles: both sides read the agreement once it is counted again."""
        del niveau
        return Q(portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DECIDER)))


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
