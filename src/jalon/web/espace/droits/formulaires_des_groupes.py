"""Forms of the groups of establishments."""

import re
from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from jalon.habilitations.regles_des_groupes import NOM_MAX
from jalon.socle.identifiants import siret_valide

CIBLE_COCHES, CIBLE_TROUVES, CIBLE_LISTE = "coches", "trouves", "liste"


class FormulaireGroupe(forms.Form):
    """The name of a group."""

    nom = forms.CharField(
        label="Nom du groupe", max_length=NOM_MAX, help_text="Par exemple «\u00a0Région Sud\u00a0» ou «\u00a0Magasins franchisés\u00a0».",
        error_messages={"required": "Donnez un nom au groupe"},
    )  # fmt: skip


class ChampSirets(forms.MultipleChoiceField):
    """Establishments ticked in a table; which ones may be named is judged by the action."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: object) -> bool:
        """Any SIRET."""
        return siret_valide(str(value))


class FormulaireMembres(forms.Form):
    """Which establishments go in or out."""

    sirets = ChampSirets(
        label="Établissements", required=False,
        error_messages={"invalid_choice": "Choisissez des établissements du tableau"},
    )  # fmt: skip
    cible = forms.ChoiceField(
        label="Établissements concernés", widget=forms.RadioSelect, initial=CIBLE_COCHES,
        error_messages={"required": "Choisissez les établissements concernés"},
    )  # fmt: skip
    liste = forms.CharField(
        label="SIRET, un par ligne", required=False, max_length=60_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Copiez une colonne de votre tableur\u00a0: 14 chiffres par ligne.",
    )  # fmt: skip

    def __init__(self, donnees: QueryDict | None = None, *, trouves: int, ajoute: bool) -> None:
        super().__init__(donnees)
        cible = self.fields["cible"]
        if isinstance(cible, forms.ChoiceField):
            tous = f"Tous les établissements trouvés ({trouves})" if trouves > 1 else "L’établissement trouvé"
            cible.choices = [
                (CIBLE_COCHES, "Les établissements cochés"),
                *([(CIBLE_TROUVES, tous)] if trouves else []),
                (CIBLE_LISTE, "Les SIRET de la liste ci-dessous"),
            ]
        self.ajoute = ajoute

    @property
    def choisis_avant(self) -> set[str]:
        """SIRET ticked, to be ticked again."""
        return set(self["sirets"].value() or [])

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        cible = donnees.get("cible")
        if cible == CIBLE_COCHES and not donnees.get("sirets") and "sirets" not in self.errors:
            self.add_error("sirets", "Cochez au moins un établissement")
        if cible == CIBLE_LISTE and "liste" not in self.errors:
            colles = self._colles()
            faux = next((s for s in colles if not siret_valide(s)), None)
            if not colles:
                self.add_error("liste", "Collez au moins un SIRET")
            elif faux is not None:
                self.add_error("liste", f"«\u00a0{faux[:20]}\u00a0» n’est pas un SIRET\u00a0: vérifiez ses 14 chiffres")
        return donnees

    def _colles(self) -> list[str]:
        lignes = re.split(r"[\n;,]", str(self.cleaned_data.get("liste", "")))
        return [net for ligne in lignes if (net := re.sub(r"\s", "", ligne))]

    def choisis(self) -> Sequence[str]:
        """The SIRET ticked, or pasted."""
        return self._colles() if self.cleaned_data["cible"] == CIBLE_LISTE else list(self.cleaned_data["sirets"])
