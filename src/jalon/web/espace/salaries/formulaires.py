"""Forms of the directory. The action reads every box, as it reads a cell of a file: forms only carry texts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from jalon.salaries.enums import NATURES, SEXES, UNITES
from jalon.salaries.models import Salarie
from jalon.salaries.regles.fiches import CHAMPS, ecrire_fiche
from jalon.salaries.regles.rapprochement import Connu, nom_de
from jalon.socle.dates import formater_date
from jalon.socle.identifiants import grouper
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.droits.formulaires import proposer

HORS_LISTE = "Choisissez une réponse de la liste"
CHERCHER_DE_NOUVEAU = "Cherchez de nouveau cette personne"
SANS = [("", "Non précisé")]


def _texte(code: str, aide: str = "", **attributs: str) -> forms.CharField:
    champ = CHAMPS[code]
    return forms.CharField(
        label=champ.libelle, max_length=champ.longueur, required=bool(champ.manque), help_text=aide,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributs}), error_messages={"required": champ.manque},
    )  # fmt: skip


def _choix(code: str, libelles: Iterable[tuple[Any, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=CHAMPS[code].libelle, required=False, choices=[*SANS, *((str(c), t) for c, t in libelles)],
        error_messages={"invalid_choice": HORS_LISTE},
    )  # fmt: skip


class FormulaireFiche(forms.Form):
    """Somebody of the company: only what requests ask."""

    nom = _texte("nom")
    nom_usage = _texte("nom_usage")
    prenom = _texte("prenom")
    date_naissance = _texte("date_naissance", "Par exemple 15/07/1995")
    sexe = _choix("sexe", SEXES.items())
    nir = _texte("nir", "13 caractères, ou 15 avec la clé. Il est chiffré, et masqué partout.", spellcheck="false")
    matricule = _texte("matricule")
    courriel = _texte("courriel", inputmode="email")
    emploi = _texte("emploi")
    pcs = _texte("pcs", "Par exemple 684a")
    nature = _choix("nature", NATURES.items())
    idcc = _texte("idcc", "4 chiffres", inputmode="numeric")
    siret = forms.ChoiceField(label="Établissement", required=False, error_messages={"invalid_choice": HORS_LISTE})
    quotite = _texte("quotite", "En heures, par exemple 35 ou 151,67")
    quotite_unite = _choix("quotite_unite", UNITES.items())
    entree = _texte("entree", "Par exemple 01/09/2026")
    sortie = _texte("sortie", "Vide tant que la personne est là")

    def __init__(
        self, etablissements: Iterable[tuple[str, str]], donnees: QueryDict | None = None, *, salarie: Salarie | None = None
    ) -> None:
        initiales = ecrire_fiche(salarie.fiche) if salarie is not None else None
        super().__init__(donnees, initial=initiales)
        proposer(self.fields["siret"], [("", "Aucun en particulier"), *etablissements])
        if salarie is not None and salarie.nir_chiffre:
            self.fields["nir"].help_text = "Un NIR est enregistré. Laissez vide pour le garder, ou écrivez celui qui le remplace."

    @property
    def textes(self) -> dict[str, str]:
        """What was typed, by box."""
        return {code: self.cleaned_data.get(code, "") for code in CHAMPS}


class FormulaireSalarie(FormulaireFiche):
    """Somebody new, who may look like another."""

    autre = forms.BooleanField(label="C’est une autre personne", required=False)


class FormulaireDepart(forms.Form):
    """When somebody leaves."""

    sortie = ChampDate(
        label="Dernier jour dans l’entreprise", help_text="Il peut être à venir.",
        error_messages={"required": "Indiquez le dernier jour dans l’entreprise"},
    )  # fmt: skip


class FormulaireFusion(forms.Form):
    """The other record of the same person."""

    absorbe = forms.ChoiceField(
        label="L’autre fiche de cette personne", widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’autre fiche de cette personne", "invalid_choice": HORS_LISTE},
    )  # fmt: skip

    def __init__(self, candidats: Sequence[Connu], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        proposer(self.fields["absorbe"], [(str(c.id), decrire(c)) for c in candidats])


def decrire(connu: Connu) -> str:
    """« Zoé Exemple, né(e) le 15/07/1995, matricule 12 »."""
    fiche = connu.fiche
    matricule = f", matricule {fiche.matricule}" if fiche.matricule else ""
    lieu = f", SIRET {grouper(fiche.siret)}" if fiche.siret else ""
    return f"{nom_de(fiche)}, né(e) le {formater_date(fiche.date_naissance)}{matricule}{lieu}"


class FormulaireFichierDeSalaries(forms.Form):
    """A file, whatever it is."""

    fichier = forms.FileField(
        label="Fichier de salariés", help_text="Classeur Excel (.xlsx), CSV ou DSN. 20\u00a0000 salariés, 30\u00a0Mo au plus.",
        error_messages={"required": "Choisissez le fichier à importer", "empty": "Ce fichier est vide"},
    )  # fmt: skip


class FormulaireColonnes(forms.Form):
    """Which column of the file holds each box."""

    def __init__(
        self, entetes: Sequence[str], donnees: QueryDict | None = None, *, colonnes: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(donnees, initial={code: str(rang) for code, rang in (colonnes or {}).items()})
        choix = [("", "Aucune"), *((str(rang), _entete(rang, entete)) for rang, entete in enumerate(entetes))]
        for champ in CHAMPS.values():
            self.fields[champ.code] = forms.ChoiceField(
                label=champ.libelle, required=bool(champ.manque), choices=choix,
                error_messages={"required": "Choisissez la colonne qui le contient", "invalid_choice": "Choisissez une colonne du fichier"},
            )  # fmt: skip


def _entete(rang: int, entete: str) -> str:
    return entete[:60] or f"Colonne {rang + 1}, sans nom"


class FormulaireReprise(forms.Form):
    """People of a request to add to the directory. Nobody is ticked beforehand."""

    personnes = forms.TypedMultipleChoiceField(
        label="Personnes à ajouter", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une personne", "invalid_choice": HORS_LISTE},
    )  # fmt: skip

    def __init__(self, choix: Iterable[tuple[int, str]], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        proposer(self.fields["personnes"], [(str(rang), nom) for rang, nom in choix])


class FormulaireInscription(forms.Form):
    """Employees found, to put in a draft: several in a list, one elsewhere."""

    salaries = forms.MultipleChoiceField(
        label="Salariés trouvés", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une personne", "invalid_choice": CHERCHER_DE_NOUVEAU},
    )  # fmt: skip

    def __init__(self, choix: Iterable[tuple[str, str]], *args: object, plusieurs: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.plusieurs = plusieurs
        if not plusieurs:
            self.fields["salaries"] = forms.ChoiceField(
                label="Salariés trouvés", widget=forms.RadioSelect,
                error_messages={"required": "Choisissez une personne", "invalid_choice": CHERCHER_DE_NOUVEAU},
            )  # fmt: skip
        proposer(self.fields["salaries"], choix)

    @property
    def choisis(self) -> list[UUID]:
        """Ids of those chosen."""
        valeur = self.cleaned_data["salaries"]
        return [UUID(cle) for cle in (valeur if self.plusieurs else [valeur])]
