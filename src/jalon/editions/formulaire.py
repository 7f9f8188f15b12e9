"""The paper form, as its template is given it: boxes laid out in rows, in the order of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any

from jalon.editions.documents import Emetteur, Paires, Tableau

COLONNES = 12
MM_PAR_COLONNE = 15
MM_DE_MARGES = 4
MM_PAR_SIGNE_DE_LIBELLE = 1.2
MM_PAR_SIGNE = 1.85
MM_PAR_SIGNE_LARGE = 2.4
MM_PAR_SIGNE_MANUSCRIT = 2.5
LIBELLE_SUR_DEUX_LIGNES = 48
A_CORRIGER = " (à corriger)"
PLACE = 18
"""Signs of an answer whose kind says nothing of its length."""


class Marque(StrEnum):
    """How a box is shown: answered, to be filled by hand, to be corrected, left empty at will, or ruled out."""

    REMPLIE = "remplie"
    A_REMPLIR = "a-remplir"
    A_CORRIGER = "a-corriger"
    FACULTATIVE = "facultative"
    SANS_OBJET = "sans-objet"


@dataclass(frozen=True, slots=True)
class CasePapier:
    """A box. Empty, it is to be written in by hand: `place` is how many signs it must take, `options` are squares to tick.

    `nouvelle`: it begins a row. `elastique`: it takes what the others of its row leave.
    """

    libelle: str
    texte: str = ""
    marque: Marque = Marque.REMPLIE
    unite: str = ""
    options: tuple[str, ...] = ()
    place: int = PLACE
    nouvelle: bool = False
    elastique: bool = True

    @property
    def largeur(self) -> int:
        """Columns that it needs."""
        besoin = max(self._du_libelle(), self._de_la_reponse()) + MM_DE_MARGES
        return min(COLONNES, max(2, ceil(besoin / MM_PAR_COLONNE)))

    def _du_libelle(self) -> float:
        signes = len(self.libelle) + (len(A_CORRIGER) if self.marque == Marque.A_CORRIGER else 0)
        largeur = signes * MM_PAR_SIGNE_DE_LIBELLE
        return largeur / 2 + MM_DE_MARGES if signes > LIBELLE_SUR_DEUX_LIGNES else largeur

    def _de_la_reponse(self) -> float:
        if self.texte or self.marque == Marque.SANS_OBJET:
            return _imprime(self.texte)
        if self.options:
            return sum(_imprime(option) + 2 * MM_DE_MARGES for option in self.options)
        par_signe = MM_PAR_SIGNE if self.marque == Marque.FACULTATIVE else MM_PAR_SIGNE_MANUSCRIT
        return self.place * par_signe + _imprime(self.unite)


def _imprime(texte: str) -> float:
    """Millimetres of a printed text, on one line."""
    return sum(MM_PAR_SIGNE_LARGE if signe.isupper() or signe == "@" else MM_PAR_SIGNE for signe in texte)


@dataclass(frozen=True, slots=True)
class RubriquePapier:
    """A section of the form: its boxes, or its rows as a table."""

    titre: str
    cases: tuple[CasePapier, ...] = ()
    tableau: Tableau | None = None


@dataclass(frozen=True, slots=True)
class SignaturePapier:
    """A place to sign. `acte`: « Signature », « Visa et cachet »."""

    qui: str
    nom: str
    acte: str
    precision: str = ""


@dataclass(frozen=True, slots=True)
class FormulairePapier:
    """A form ready to sign. `projet`: what it waits for, empty when nothing lacks; `note`: a word on this copy.

    `reserve`: the frame of the OPCO, empty before the request is sent.
    """

    emetteur: Emetteur
    intitule: str
    formulaire: str
    reference: str
    rubriques: tuple[RubriquePapier, ...]
    signatures: tuple[SignaturePapier, ...]
    reserve: Paires
    projet: str = ""
    note: str = ""

    def donnees(self) -> dict[str, Any]:
        """Values for the template."""
        return {
            "emetteur": self.emetteur.donnees(),
            "intitule": self.intitule,
            "formulaire": self.formulaire,
            "reference": self.reference,
            "projet": self.projet,
            "note": self.note,
            "rubriques": [_rubrique(r) for r in self.rubriques],
            "signatures": [{"qui": s.qui, "nom": s.nom, "acte": s.acte, "precision": s.precision} for s in self.signatures],
            "reserve": _rangees([CasePapier(libelle, texte, place=14) for libelle, texte in self.reserve]),
        }


def _rubrique(rubrique: RubriquePapier) -> dict[str, Any]:
    tableau = rubrique.tableau
    return {
        "titre": rubrique.titre,
        "rangees": _rangees(rubrique.cases),
        "tableau": None
        if tableau is None
        else {"entetes": list(tableau.entetes), "rangees": [list(rangee) for rangee in tableau.rangees]},
    }


def _rangees(cases: Sequence[CasePapier]) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "libelle": case.libelle + (A_CORRIGER if case.marque == Marque.A_CORRIGER else ""),
                "texte": case.texte,
                "marque": case.marque.value,
                "unite": case.unite,
                "options": list(case.options),
                "largeur": largeur,
            }
            for case, largeur in rangee
        ]
        for rangee in ranger(cases)
    ]


def ranger(cases: Sequence[CasePapier]) -> list[list[tuple[CasePapier, int]]]:
    """Rows of boxes with their columns, in order: each takes what it needs, what is left over is shared by the elastic ones."""
    rangees: list[list[CasePapier]] = []
    for case in cases:
        libre = COLONNES - sum(c.largeur for c in rangees[-1]) if rangees else 0
        if case.nouvelle or case.largeur > libre:
            rangees.append([])
        rangees[-1].append(case)
    return [_elargir(rangee) for rangee in rangees]


def _elargir(rangee: Sequence[CasePapier]) -> list[tuple[CasePapier, int]]:
    largeurs = [case.largeur for case in rangee]
    elastiques = [rang for rang, case in enumerate(rangee) if case.elastique] or list(range(len(rangee)))
    for _ in range(COLONNES - sum(largeurs)):
        largeurs[min(elastiques, key=lambda rang: largeurs[rang])] += 1
    return list(zip(rangee, largeurs, strict=True))
