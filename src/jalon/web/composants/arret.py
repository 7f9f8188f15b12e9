"""Ending a code, from the company's side or the OPCO's: the same reason is asked."""

from django import forms

from jalon.habilitations.actions.fin_de_code import terminer_code
from jalon.habilitations.models import CodeActivation
from jalon.socle.acteurs import Acteur
from jalon.socle.horloge import maintenant
from jalon.web.composants.actes import tenter


class FormulaireArret(forms.Form):
    """Why the code is ended."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les administrateurs le liront au journal. N’écrivez pas le code.",
        error_messages={"required": "Indiquez pourquoi vous arrêtez ce code"},
    )  # fmt: skip

    def arreter(self, code: CodeActivation, par: Acteur) -> CodeActivation | None:
        """End it; None when it is refused, the reasons being then in the form."""
        return tenter(
            self,
            lambda: terminer_code(code_id=code.id, motif=self.cleaned_data["motif"], par=par, maintenant=maintenant()),
        )
