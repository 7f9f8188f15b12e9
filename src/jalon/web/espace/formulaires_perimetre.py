"""What the forms of a key and of a mandate share: where (the whole company, some establishments), and a level in each domain."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from django import forms

from jalon.habilitations.enums import Etendue
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Niveau, Profil
from jalon.web.espace.commun import etablissements_choisissables

DOMAINES = (Domaine.ALTERNANCE, Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB, Domaine.ACCES)


def boite_du_niveau(domaine: Domaine) -> str:
    """The name of the box of a domain."""
    return f"niveau_{domaine.value}"


def choix_jusqu_a(plafond: Niveau) -> list[tuple[str, str]]:
    """The levels up to that one."""
    return [(str(n.value), libelle) for n, libelle in LIBELLES_NIVEAUX.items() if n <= plafond]


class FormulaireNiveaux(forms.Form):
    """A level in each domain; the boxes are made from the domains."""

    phrase_du_niveau: ClassVar = "Choisissez le niveau de droit «\u00a0{libelle}\u00a0»"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for domaine in DOMAINES:
            libelle = LIBELLES_DOMAINES[domaine]
            self.fields[boite_du_niveau(domaine)] = forms.ChoiceField(
                label=libelle,
                choices=choix_jusqu_a(self.plafond(domaine)),
                error_messages={"required": self.phrase_du_niveau.format(libelle=libelle)},
            )

    @classmethod
    def plafond(cls, domaine: Domaine) -> Niveau:
        """The highest level that may be chosen there."""
        del domaine
        return Niveau.GESTION

    @property
    def cases_des_niveaux(self) -> list[forms.BoundField]:
        """The boxes of the levels, in the order of the domains."""
        return [self[boite_du_niveau(d)] for d in DOMAINES]

    def niveaux(self) -> dict[Domaine, Niveau]:
        """What was chosen."""
        return {d: Niveau(int(self.cleaned_data[boite_du_niveau(d)])) for d in DOMAINES}


class FormulairePerimetre(FormulaireNiveaux):
    """The levels, and where: on the side of a provider it is always the whole of it."""

    etendue = forms.ChoiceField(
        label="Périmètre", widget=forms.RadioSelect, initial=Etendue.SIREN.value,
        choices=[
            (Etendue.SIREN.value, "Toute l’entreprise, établissements à venir compris"),
            (Etendue.SIRET.value, "Certains établissements"),
        ],
        error_messages={"required": "Choisissez le périmètre"},
    )  # fmt: skip
    sirets = forms.MultipleChoiceField(
        label="Établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des établissements de cette entreprise"},
    )  # fmt: skip

    def __init__(self, siren: str, profil: Profil, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if profil == Profil.PRESTATAIRE:
            del self.fields["etendue"], self.fields["sirets"]
        else:
            self._proposer(etablissements_choisissables(siren))

    def _proposer(self, etablissements: Iterable[tuple[str, str]]) -> None:
        sirets = self.fields["sirets"]
        if isinstance(sirets, forms.MultipleChoiceField):
            sirets.choices = list(etablissements)

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
