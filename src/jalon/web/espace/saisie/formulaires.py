"""The form of a section, made from its declaration."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from jalon.dispositifs.base import LIGNES, Anomalie, Case, Section
from jalon.dispositifs.lecture import Demandes, Reponses, valeurs_de
from jalon.socle.texte import entier_ou
from jalon.web.espace.saisie.aides import SANS_AIDE, Aides
from jalon.web.espace.saisie.constats import Constats

LIGNES_PAR_PAGE = 20
LIGNES_OUVERTES_AU_PLUS = 5
"""Beyond, a list that may be long is a table, and one row at a time is open under it."""
LARGEURS = {"entier": "w-s", "montant": "w-s", "heures": "w-s", "jours": "w-s", "date": "w-s"}
LARGES = {"siret": "w-m", "nda": "w-m", "nir": "w-m", "idcc": "w-s", "code_postal": "w-s", "telephone": "w-m"}
RADIOS_MAX = 4
OUI_NON = [("oui", "Oui"), ("non", "Non")]


class BoiteDeSection(forms.BoundField):
    """A box that tells, beside its own error, what the controls found there."""

    @property
    def constats(self) -> Sequence[Anomalie]:
        """Anomalies shown beside it."""
        formulaire: Any = self.form
        dits: Sequence[Anomalie] = formulaire.constats.get(self.name, ())
        return dits

    @property
    def aria_describedby(self) -> str | None:
        """Help, error, then what was found."""
        return " ".join(filter(None, (super().aria_describedby, f"constat-{self.auto_id}")))


class FormulaireSection(forms.Form):
    """Shows what was typed, as it was typed, with the sentences given; it never judges."""

    bound_field_class = BoiteDeSection

    def __init__(
        self,
        section: Section,
        cases: Sequence[Case],
        valeurs: Mapping[str, Any],
        phrases: Mapping[str, str],
        *,
        jour: date,
        prefixe: str = "",
        aides: Aides = SANS_AIDE,
        constats: Constats | None = None,
    ) -> None:
        self.section = section
        self.cases = cases
        self.phrases = phrases
        self.constats = constats or {}
        donnees = QueryDict(mutable=True)
        for case in cases:
            valeur = valeurs.get(case.nom, "")
            nom = f"{prefixe}-{case.nom}" if prefixe else case.nom
            donnees.setlist(nom, list(valeur) if isinstance(valeur, list | tuple) else [valeur or ""])
        super().__init__(donnees, prefix=prefixe or None, auto_id="id_%s")
        for case in cases:
            champ = self.fields[case.nom] = champ_de_la_case(case, jour)
            champ.help_text = aides.aide_de(case, f"id_{self.add_prefix(case.nom)}")

    def full_clean(self) -> None:
        """The sentences were said by the reading of the section; nothing is validated again here."""
        connues = {nom: [phrase] for nom, phrase in self.phrases.items() if nom in self.fields}
        self._errors = ErrorDict({nom: self.error_class(phrases) for nom, phrases in connues.items()})
        self.cleaned_data = {}

    def groupes(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Boxes by group, in order; the legend is empty when the declaration gives none."""
        titre: str | None = None
        boites: list[forms.BoundField] = []
        for case in self.cases:
            if case.groupe != titre and boites:
                yield titre or "", boites
                boites = []
            titre = case.groupe
            boites.append(self[case.nom])
        if boites:
            yield titre or "", boites


def champ_de_la_case(case: Case, jour: date) -> forms.Field:
    """A Django field that looks like the box: keyboard, unit, width, list of codes in force that day."""
    attributs = {"autocomplete": case.autocompletion or "off"}
    champ: forms.Field
    if case.genre == "oui_non":
        champ = forms.ChoiceField(choices=OUI_NON, widget=forms.RadioSelect)
    elif case.choix is not None:
        options = [(c.code, c.libelle) for c in case.choix.proposes(jour)]
        if case.multiple:
            champ = forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        elif len(options) <= RADIOS_MAX:
            champ = forms.ChoiceField(choices=options, widget=forms.RadioSelect)
        else:
            champ = forms.ChoiceField(choices=[("", "Choisissez"), *options], widget=forms.Select)
    elif case.genre == "texte_long":
        champ = forms.CharField(widget=forms.Textarea(attrs=attributs), max_length=case.format.longueur)
    else:
        classe = LARGES.get(case.genre, "") or ("" if case.unite else LARGEURS.get(case.genre, ""))
        attributs |= {"inputmode": case.format.clavier, **({"class": classe} if classe else {})}
        champ = forms.CharField(widget=forms.TextInput(attrs=attributs), max_length=case.format.longueur)
    champ.label, champ.required = case.libelle, case.obligatoire
    champ.unite = case.unite  # type: ignore[union-attr]
    champ.widget.is_required = False
    return champ


@dataclass(frozen=True, slots=True)
class PageDeLignes:
    """Rows shown at once in a repeated section: [depart, fin) of `total`, each under the name that the page gives to it."""

    depart: int
    fin: int
    total: int
    rangs: tuple[int, ...]
    par_page: int = LIGNES_PAR_PAGE

    @property
    def numero(self) -> int:
        """Page number from 1."""
        return self.depart // self.par_page + 1

    @property
    def derniere(self) -> int:
        """Number of the last page."""
        return max((self.total - 1) // self.par_page + 1, 1)

    @property
    def apres(self) -> int:
        """How many rows follow those of the page."""
        return self.total - self.fin

    @property
    def rangs_gardes(self) -> str:
        """Names of the rows that are kept already: what the page posts back to say which row is which."""
        return ",".join(str(rang) for rang in self.rangs[: self.fin - self.depart])


def par_page(section: Section, total: int) -> int:
    """How many rows are open at once."""
    return 1 if section.fiche.en_nombre and total > LIGNES_OUVERTES_AU_PLUS else LIGNES_PAR_PAGE


def page_de_lignes(total: int, numero: int, lignes_vides: int = 0, taille: int = LIGNES_PAR_PAGE) -> PageDeLignes:
    """The page asked, or the nearest one; a list that is empty shows one blank row, a row to add is alone on its page of one."""
    if taille == 1 and lignes_vides:
        return PageDeLignes(total, total, total, tuple(range(total, total + lignes_vides)), taille)
    derniere = max((total - 1) // taille + 1, 1)
    depart = (min(max(numero, 1), derniere) - 1) * taille
    fin = min(depart + taille, total)
    return PageDeLignes(depart, fin, total, tuple(range(depart, fin + (lignes_vides or (0 if total else 1)))), taille)


def page_postee(section: Section, donnees: QueryDict, total: int) -> PageDeLignes:
    """The rows of a page that was just kept, under the names that it gave to them: it goes on without being drawn again."""
    rangs = tuple(_rangs_postes(section, donnees))
    depart = min(_nombre(donnees, "_depart"), total)
    return PageDeLignes(depart, min(depart + len(rangs), total), total, rangs, par_page(section, total))


def cases_demandees(demandes: Demandes, section: Section, ligne: Mapping[str, Any] | None = None) -> list[Case]:
    """Boxes that these answers ask."""
    return [case for case in section.cases if demandes.demandee(section, case, ligne)]


def noms_des_cases(cases: Sequence[Case]) -> str:
    """What a page says of the boxes that it shows."""
    return ",".join(case.nom for case in cases)


def valeurs_postees(section: Section, donnees: QueryDict, anciennes: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a simple section; boxes that were not on the page keep what they held."""
    return {**anciennes, **{case.nom: _valeur(case, case.nom, donnees) for case in _montrees(section, donnees)}}


def lignes_postees(section: Section, donnees: QueryDict, anciennes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The whole list, where the rows of one page are replaced by those posted.

    Rows keep the name that the page gave to them, whatever was added or removed since: `_rangs` tells which of them the list
    holds already, so that boxes that were not on the page keep what their row held.
    """
    depart = min(_nombre(donnees, "_depart"), len(anciennes))
    fin = max(depart, len(anciennes) - _nombre(donnees, "_apres"))
    connues = dict(zip(_entiers(donnees.get("_rangs", "").split(",")), anciennes[depart:fin], strict=False))
    montrees = _montrees(section, donnees)
    postees = [
        {
            **connues.get(rang, {}),
            **{case.nom: _valeur(case, f"{section.code}-{rang}-{case.nom}", donnees) for case in montrees},
        }
        for rang in _rangs_postes(section, donnees)
    ]
    return [*anciennes[:depart], *postees, *anciennes[fin:]]


def _rangs_postes(section: Section, donnees: QueryDict) -> list[int]:
    """Names of the rows posted, in order, without the one whose « Retirer » was pressed."""
    prefixe = f"{section.code}-"
    noms = {nom.removeprefix(prefixe).partition("-")[0] for nom in donnees if nom.startswith(prefixe)}
    retires = _entiers([donnees.get("retirer", "")])
    return sorted(set(_entiers(noms)) - set(retires))


def _nombre(donnees: QueryDict, nom: str) -> int:
    return entier_ou(str(donnees.get(nom, "")), 0)


def _entiers(textes: Iterable[str]) -> list[int]:
    return [nombre for nombre in (entier_ou(texte, -1) for texte in textes) if nombre >= 0]


def _montrees(section: Section, donnees: QueryDict) -> list[Case]:
    """Boxes that the page showed: a radio left blank is not posted, so the page names its boxes."""
    noms = donnees.get("_cases", "").split(",")
    return [case for case in section.cases if case.nom in noms]


def _valeur(case: Case, nom: str, donnees: QueryDict) -> str | list[str]:
    return donnees.getlist(nom) if case.multiple else donnees.get(nom, "")


def lignes_de(reponses: Reponses, section: Section) -> list[dict[str, Any]]:
    """Rows of a repeated section of a draft."""
    return list(valeurs_de(reponses, section.code).get(LIGNES) or [])


def texte_montre(case: Case, valeur: Any) -> str:
    """An answer as it is read, in a page that compares two of them."""
    return case.choix.libelle(valeur) if case.choix and valeur else str(valeur or "")
