"""Forms of the file of rights: looked at first, then sent back to be applied."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


class FormulaireFichier(forms.Form):
    """A file of rights, looked at first."""

    fichier = forms.FileField(
        label="Fichier de droits (CSV)", help_text="Partez du fichier exporté. 5\u00a0000 lignes, 1\u00a0Mo au plus.",
        error_messages={"required": "Choisissez le fichier à importer", "empty": "Ce fichier est vide"},
    )  # fmt: skip

    def clean_fichier(self) -> str:
        """Text of the file, in UTF-8 or in the encoding of an older spreadsheet."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > 1_000_000:
            raise ValidationError("Ce fichier pèse plus de 1\u00a0Mo. Séparez-le en plusieurs")
        octets: bytes = fichier.read()
        lecteurs: tuple[Callable[[], str], ...] = (lambda: octets.decode("utf-8-sig"), lambda: octets.decode("cp1252"))
        for lire in lecteurs:
            try:
                return lire()
            except UnicodeDecodeError:
                continue
        raise ValidationError("Ce fichier n’est pas un texte. Enregistrez-le au format CSV")


class FormulaireContenu(forms.Form):
    """The file looked at, sent back to be applied."""

    contenu = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=1_000_000)
