"""The forms of the examination: a word, an agreement, a refusal."""

from decimal import Decimal
from typing import Any

from django import forms

from jalon.comptes.models import Personne
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus
from jalon.messagerie.enums import Cote
from jalon.web.composants.champs import ChampMontant
from jalon.web.composants.echanges import FormulaireEchange


class FormulaireMessage(FormulaireEchange):
    """A word to the company, or to the provider, and documents."""

    avec = forms.ChoiceField(
        label="À",
        choices=[(Cote.ENTREPRISE.value, "L’entreprise"), (Cote.PRESTATAIRE.value, "L’organisme de formation")],
        error_messages={"required": "Choisissez à qui écrire"},
    )


class FormulaireConfier(forms.Form):
    """Which thread, and to whom."""

    avec = FormulaireMessage.base_fields["avec"]
    a = forms.ChoiceField(label="Confier l’échange à", error_messages={"required": "Choisissez à qui confier cet échange"})

    def __init__(self, collegues: list[Personne], *args: Any) -> None:
        super().__init__(*args)
        self.fields["avec"].label = "Échange avec"
        champ = self.fields["a"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [("", "Choisissez"), *((str(p.pk), p.nom_complet) for p in collegues)]


class FormulaireAccord(forms.Form):
    """An amount per line, from 0 to what is asked; no line where the law sets the amounts."""

    commentaire = forms.CharField(label="Commentaire pour l’entreprise", widget=forms.Textarea, max_length=1000, required=False)

    def __init__(self, lignes: Any, *args: Any) -> None:
        super().__init__(*args)
        self.lignes = lignes
        champs: dict[str, forms.Field] = {}
        for ligne in lignes:
            champs[ligne.poste] = ChampMontant(
                label=ligne.libelle,
                help_text=ligne.motif,
                error_messages={"required": "Indiquez le montant accordé, 0 si la ligne est refusée"},
            )
            self.initial[ligne.poste] = ligne.montant_ht
        self.fields = {**champs, **self.fields}

    def montants(self) -> dict[str, Decimal]:
        """Amount by line."""
        return {ligne.poste: self.cleaned_data[ligne.poste] for ligne in self.lignes}


class FormulaireRefus(forms.Form):
    """A motive from the list, and words."""

    motif = forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisissez"), *((m.value, LIBELLES_MOTIFS[m]) for m in MotifRefus)],
        error_messages={"required": "Choisissez le motif du refus"},
    )
    texte = forms.CharField(
        label="Explication",
        widget=forms.Textarea,
        max_length=2000,
        help_text="L’entreprise lira ce texte tel quel.",
        error_messages={"required": "Expliquez le refus en une ou deux phrases"},
    )
