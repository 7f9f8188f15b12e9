"""The forms of the examination: a word, a complement, an agreement, a refusal."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import LIBELLE_COMPLEMENTAIRE, PIECE_COMPLEMENTAIRE
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus
from jalon.messagerie.enums import Cote
from jalon.socle.horloge import aujourdhui
from jalon.web.composants.champs import ChampDate, ChampMontant

DELAI_COMPLEMENT = timedelta(days=15)


class FormulaireMessage(forms.Form):
    """A word to the company, or to the provider."""

    avec = forms.ChoiceField(
        label="À",
        choices=[(Cote.ENTREPRISE.value, "L’entreprise"), (Cote.PRESTATAIRE.value, "L’organisme de formation")],
        error_messages={"required": "Choisissez à qui écrire"},
    )
    corps = forms.CharField(
        label="Message",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        error_messages={"required": "Écrivez votre message"},
    )


class FormulaireComplement(forms.Form):
    """Which documents and boxes, why, by when."""

    pieces = forms.MultipleChoiceField(label="Pièces à joindre de nouveau", required=False, widget=forms.CheckboxSelectMultiple)
    cases = forms.MultipleChoiceField(label="Sections à reprendre", required=False, widget=forms.CheckboxSelectMultiple)
    message = forms.CharField(
        label="Ce qui manque, en clair",
        widget=forms.Textarea,
        max_length=2000,
        help_text="L’entreprise lira ce texte tel quel.",
        error_messages={"required": "Indiquez ce qui manque, en clair"},
    )
    echeance = ChampDate(label="À recevoir avant le", error_messages={"required": "Indiquez la date attendue"})

    def __init__(self, dossier: Dossier, *args: Any) -> None:
        super().__init__(*args)
        declaration = dispositif_de(dossier.dispositif)
        pieces, cases = self.fields["pieces"], self.fields["cases"]
        if isinstance(pieces, forms.MultipleChoiceField) and isinstance(cases, forms.MultipleChoiceField):
            pieces.choices = [*_pieces_possibles(dossier), (PIECE_COMPLEMENTAIRE, LIBELLE_COMPLEMENTAIRE)]
            cases.choices = [(s.code, s.fiche.titre) for s in declaration.sections]
        self.initial["echeance"] = aujourdhui() + DELAI_COMPLEMENT


def _pieces_possibles(dossier: Dossier) -> list[tuple[str, str]]:
    """Documents that the answers ask, each alternative apart."""
    declaration = dispositif_de(dossier.dispositif)
    choix = []
    for piece in declaration.pieces:
        choix += [(une.code, une.libelle) for une in piece.une_de or (piece,)]
    return choix


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
