"""Confirming or refusing an administrator in her first 72 hours: one form, the same on both sides."""

from uuid import UUID

from django import forms
from django.http import QueryDict

from jalon.habilitations.actions.nominations import decider_nomination
from jalon.habilitations.models import Rattachement
from jalon.socle.acteurs import Acteur
from jalon.socle.horloge import maintenant
from jalon.web.composants.actes import tenter

CONFIRMER, REFUSER = "confirmer", "refuser"


class FormulaireNomination(forms.Form):
    """What was decided, and what was seen."""

    decision = forms.ChoiceField(
        label="Décision", widget=forms.RadioSelect,
        choices=[
            (CONFIRMER, "Confirmer\u00a0: tout s’ouvre à cette personne dès maintenant"),
            (REFUSER, "Refuser\u00a0: son accès prend fin, et ceux qu’elle a ouverts"),
        ],
        error_messages={"required": "Choisissez de confirmer ou de refuser"},
    )  # fmt: skip
    constat = forms.CharField(
        label="Ce que vous avez vérifié, ou le motif du refus", max_length=500, widget=forms.Textarea,
        help_text="Par exemple\u00a0: je l’ai eue au téléphone par le standard du siège. Le journal des accès le garde, et une "
        "personne refusée lit le motif.",
        error_messages={"required": "Indiquez ce que vous avez vérifié, ou le motif du refus"},
    )  # fmt: skip

    def __init__(self, rattachement_id: UUID, donnees: QueryDict | None = None) -> None:
        super().__init__(donnees)
        self.rattachement_id = rattachement_id

    def decider(self, par: Acteur) -> Rattachement | None:
        """Do what was chosen; None when it is refused, the reasons being then in the form."""
        return tenter(
            self,
            lambda: decider_nomination(
                rattachement_id=self.rattachement_id,
                confirmer=self.cleaned_data["decision"] == CONFIRMER,
                constat=self.cleaned_data["constat"],
                par=par,
                maintenant=maintenant(),
            ),
        )

    @property
    def annonce(self) -> str:
        """What is said once it is done."""
        if self.cleaned_data["decision"] == CONFIRMER:
            return "La nomination est confirmée. Cela compte dès le prochain clic de cette personne."
        return "La nomination est refusée. L’accès a pris fin, et la personne est prévenue."
