"""The forms of a demand for a complement: what is asked, why, by when; and why it is taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from jalon.dispositifs.base import Case, Contenu, Dispositif, Section
from jalon.dispositifs.lecture import Demandes, afficher, reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import cle_de_piece
from jalon.dossiers.requetes import (
    LIBELLE_COMPLEMENTAIRE,
    PIECE_COMPLEMENTAIRE,
    contenu_en_clair,
    libelle_de_piece,
)
from jalon.instruction.regles import libelles_demandes
from jalon.socle.horloge import aujourdhui
from jalon.web.composants.champs import ChampDate, ChoixParRubrique

DELAI_COMPLEMENT = timedelta(days=15)
LIGNES_AU_CHOIX = 10
"""Rows of a repeated section whose boxes may be asked one by one; beyond, a box is asked for every row."""
LONGUEUR_VALEUR = 40
Choix = list[tuple[str, str]]


class FormulaireComplement(forms.Form):
    """Which documents and boxes, why, by when. A reason is asked for each thing that was ticked when the page was drawn."""

    pieces = forms.MultipleChoiceField(label="Pièces à joindre de nouveau", required=False, widget=forms.CheckboxSelectMultiple)
    cases = forms.MultipleChoiceField(label="Réponses à reprendre", required=False, widget=ChoixParRubrique)
    message = forms.CharField(
        label="Ce qui manque, en clair",
        widget=forms.Textarea,
        max_length=2000,
        help_text="L’entreprise lira ce texte tel quel. Facultatif si chaque élément a son motif.",
        error_messages={"required": "Indiquez ce qui manque, en clair"},
    )
    echeance = ChampDate(label="À recevoir avant le", error_messages={"required": "Indiquez la date attendue"})

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declaration = dispositif_de(dossier.dispositif)
        pieces, cases = self.fields["pieces"], self.fields["cases"]
        if isinstance(pieces, forms.MultipleChoiceField) and isinstance(cases, forms.MultipleChoiceField):
            pieces.choices = [*_pieces_possibles(self.declaration), (PIECE_COMPLEMENTAIRE, LIBELLE_COMPLEMENTAIRE)]
            cases.choices = _rubriques(self.declaration, contenu_en_clair(dossier))
        self.initial.setdefault("echeance", aujourdhui() + DELAI_COMPLEMENT)
        for cle, libelle in self._demandes():
            self.fields[f"motif-{cle}"] = forms.CharField(
                label=f"Motif\u00a0: {libelle}",
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        tous = [nom for nom in self.fields if nom.startswith("motif-")]
        if tous and all(self._motif(nom) for nom in tous):
            self.fields["message"].required = False

    def _coches(self, nom: str) -> list[str]:
        valeurs = self.data.getlist(nom) if isinstance(self.data, QueryDict) and self.is_bound else self.initial.get(nom, [])
        champ = self.fields[nom]
        connus = _codes(champ.choices) if isinstance(champ, forms.MultipleChoiceField) else set()
        return [str(v) for v in valeurs if v in connus]

    def _demandes(self) -> Choix:
        """Key and words of each thing ticked."""
        pieces, cases = self._coches("pieces"), self._coches("cases")
        nommees = [(cle_de_piece(code), libelle_de_piece(self.declaration, code)) for code in pieces]
        return [*nommees, *zip(cases, libelles_demandes(self.declaration, cases), strict=True)]

    def _motif(self, nom: str) -> str:
        return str(self.data.get(nom, "")).strip() if self.is_bound else ""

    def boites_de_motif(self) -> Iterator[forms.BoundField]:
        """One box for each thing ticked."""
        return (self[nom] for nom in self.fields if nom.startswith("motif-"))

    def lu(self) -> dict[str, Any]:
        """What the action takes."""
        lues = dict(self.cleaned_data)
        motifs = {nom.removeprefix("motif-"): lues.pop(nom) for nom in list(lues) if nom.startswith("motif-")}
        return {**lues, "motifs": motifs}


def _codes(choix: Any) -> set[str]:
    groupes = [(c,) if isinstance(c[1], str) else c[1] for c in choix]
    return {code for groupe in groupes for code, _ in groupe}


def _pieces_possibles(declaration: Dispositif) -> Choix:
    """Documents that the answers ask, each alternative apart."""
    return [(une.code, une.libelle) for piece in declaration.pieces for une in piece.une_de or (piece,)]


def _rubriques(declaration: Dispositif, contenu: Contenu) -> list[tuple[str, Choix]]:
    """The boxes that were asked, by section, with what they hold; the whole section first."""
    demandes = Demandes(declaration, reponses_du_contenu(declaration, contenu))
    return [
        (section.fiche.titre, [(section.code, f"Toute la rubrique «\u00a0{section.fiche.titre}\u00a0»"), *choix])
        for section in declaration.sections
        for choix in [_des_lignes(section, contenu) if section.fiche.repetee else _des_cases(section, contenu, demandes)]
    ]


def _des_cases(section: Section, contenu: Contenu, demandes: Demandes) -> Choix:
    rubrique = getattr(contenu, section.code)
    posees = [case for case in section.cases if demandes.demandee(section, case)]
    return [(f"{section.code}.{case.nom}", _avec_sa_valeur(case, getattr(rubrique, case.nom))) for case in posees]


def _des_lignes(section: Section, contenu: Contenu) -> Choix:
    lignes = getattr(contenu, section.code)
    choix = [(f"{section.code}.{case.nom}", f"{case.libelle}, toutes les lignes") for case in section.cases]
    for rang, ligne in enumerate(lignes if len(lignes) <= LIGNES_AU_CHOIX else ()):
        for case in section.cases:
            libelle = _avec_sa_valeur(case, getattr(ligne, case.nom))
            choix.append((f"{section.code}.{rang}.{case.nom}", f"{section.fiche.element} {rang + 1}, {libelle}"))
    return choix


def _avec_sa_valeur(case: Case, valeur: Any) -> str:
    texte = afficher(case, valeur)
    court = texte if len(texte) <= LONGUEUR_VALEUR else f"{texte[:LONGUEUR_VALEUR]}…"
    return f"{case.libelle} ({court or 'vide'})"


class FormulaireRetrait(forms.Form):
    """Why a demand is taken back; the company reads it."""

    motif = forms.CharField(
        label="Pourquoi retirer cette demande\u00a0?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L’entreprise lira ce texte tel quel.",
        error_messages={"required": "Indiquez pourquoi vous retirez cette demande"},
    )
