"""The form of a message, the same on both sides, and what a page tells of a thread."""

from typing import BinaryIO, cast

from django import forms

from jalon.dossiers.actions import FichierJoint
from jalon.messagerie.regles import JOINTES_AU_PLUS
from jalon.web.composants.champs import ChampFichiers


class FormulaireEchange(forms.Form):
    """A word, and documents."""

    corps = forms.CharField(
        label="Votre message", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000,
        error_messages={"required": "Écrivez votre message"},
    )  # fmt: skip
    fichiers = ChampFichiers(
        label="Pièces jointes", required=False,
        help_text=f"PDF, JPEG ou PNG, 10\u00a0Mo au plus, {JOINTES_AU_PLUS}\u00a0fichiers au plus.",
    )  # fmt: skip

    def joints(self) -> list[FichierJoint]:
        """What the action takes."""
        return [FichierJoint(f.name or "", cast("BinaryIO", f.file)) for f in self.cleaned_data["fichiers"]]
