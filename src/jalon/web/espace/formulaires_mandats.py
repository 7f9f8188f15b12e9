"""The forms of a mandate: levels, perimeter, dates."""

from django import forms

from jalon.habilitations.mandats import JAMAIS_EN_GESTION
from jalon.socle.acteurs import Domaine, Niveau
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.formulaires_perimetre import FormulaireNiveaux, FormulairePerimetre


class SansGestionReservee(FormulaireNiveaux):
    """What a third party may hold: it neither grants rights nor changes an account (exigences, T5, T10)."""

    @classmethod
    def plafond(cls, domaine: Domaine) -> Niveau:
        """The highest level of a mandate there."""
        return Niveau.ENVOI if domaine in JAMAIS_EN_GESTION else Niveau.GESTION


class FormulaireMandat(SansGestionReservee, FormulairePerimetre):
    """What changes during the life of a mandate: where, which rights, until when."""

    fin = ChampDate(
        label="Dernier jour", help_text="12 mois au plus. Le mandat s’arrête à minuit, heure de Paris.",
        error_messages={"required": "Indiquez le dernier jour du mandat"},
    )  # fmt: skip


class FormulaireNouveauMandat(FormulaireMandat):
    """To whom, and from when."""

    mandataire = forms.CharField(
        label="SIREN du mandataire", max_length=20,
        help_text="Le cabinet comptable, le CFA ou le prestataire qui agira pour vous\u00a0: 9 chiffres.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le SIREN du mandataire"},
    )  # fmt: skip
    debut = ChampDate(label="Premier jour", required=False, help_text="Aujourd’hui, si vous laissez la case vide.")
    field_order = ("mandataire",)
