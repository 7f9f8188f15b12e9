"""The forms of a mandate: levels, perimeter, dates."""

from collections.abc import Sequence

from django import forms

from jalon.habilitations.enums import Etendue
from jalon.habilitations.mandats import JAMAIS_EN_GESTION, Niveaux
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Niveau, Profil
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.commun import etablissements_choisissables

DOMAINES = (Domaine.ALTERNANCE, Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB, Domaine.ACCES)


def niveaux_possibles(domaine: Domaine) -> list[tuple[str, str]]:
    """Levels that a third party may hold there."""
    reserve = domaine in JAMAIS_EN_GESTION
    return [(str(n.value), libelle) for n, libelle in LIBELLES_NIVEAUX.items() if not (reserve and n >= Niveau.GESTION)]


class FormulaireNiveaux(forms.Form):
    """A level in each domain; the boxes are made from the domains."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for domaine in DOMAINES:
            libelle = LIBELLES_DOMAINES[domaine]
            self.fields[f"niveau_{domaine.value}"] = forms.ChoiceField(
                label=libelle,
                choices=niveaux_possibles(domaine),
                error_messages={"required": f"Choisissez le niveau de droit «\u00a0{libelle}\u00a0»"},
            )

    @property
    def cases_des_niveaux(self) -> list[forms.BoundField]:
        """The boxes of the levels, in the order of the domains."""
        return [self[f"niveau_{d.value}"] for d in DOMAINES]

    def niveaux(self) -> Niveaux:
        """What was chosen."""
        return {d: Niveau(int(self.cleaned_data[f"niveau_{d.value}"])) for d in DOMAINES}


class FormulaireMandat(FormulaireNiveaux):
    """What changes during the life of a mandate: where, which rights, until when."""

    etendue = forms.ChoiceField(
        label="Périmètre", widget=forms.RadioSelect, initial=Etendue.SIREN.value,
        choices=[
            (Etendue.SIREN.value, "Toute l’entreprise, établissements à venir compris"),
            (Etendue.SIRET.value, "Certains établissements"),
        ],
    )  # fmt: skip
    sirets = forms.MultipleChoiceField(
        label="Établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des établissements de cette entreprise"},
    )  # fmt: skip
    fin = ChampDate(
        label="Dernier jour", help_text="12 mois au plus. Le mandat s’arrête à minuit, heure de Paris.",
        error_messages={"required": "Indiquez le dernier jour du mandat"},
    )  # fmt: skip

    def __init__(self, siren: str, profil: Profil, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        sirets = self.fields["sirets"]
        if isinstance(sirets, forms.MultipleChoiceField):
            sirets.choices = list(etablissements_choisissables(siren))
        if profil == Profil.PRESTATAIRE:
            del self.fields["etendue"], self.fields["sirets"]

    @property
    def par_etablissement(self) -> bool:
        """Whether establishments may be chosen: never on the side of a provider."""
        return "etendue" in self.fields

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        choisit = donnees.get("etendue") == Etendue.SIRET.value
        if choisit and not donnees.get("sirets") and "sirets" not in self.errors:
            self.add_error("sirets", "Choisissez au moins un établissement")
        return donnees

    def lieux(self) -> Sequence[str]:
        """The SIRET chosen; none is the whole SIREN."""
        choisis: Sequence[str] = self.cleaned_data.get("sirets", ())
        return choisis if self.cleaned_data.get("etendue") == Etendue.SIRET.value else ()


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
