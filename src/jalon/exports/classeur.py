"""An Excel workbook: a sheet that says what it is, then the rows, by the hand of rustpy-xlsxwriter. Pure but for the file given.

Nothing is a formula: the writer makes none, and a text that begins like one stays a text. Rows stream: none is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from rustpy_xlsxwriter import Format, write_worksheets

from jalon.exports.cellules import Lot
from jalon.exports.regles import feuilles, largeur, noms_uniques
from jalon.socle.listes import Colonne, Genre

A_PROPOS = "À propos"
FORMATS = {Genre.MONTANT: "#,##0.00", Genre.JOUR: "dd/mm/yyyy", Genre.INSTANT: "dd/mm/yyyy hh:mm:ss", Genre.ENTIER: "0"}
LARGEURS_A_PROPOS = [32.0, 90.0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the workbook is. `presentation`: (what, value) of the first sheet."""

    titre: str
    colonnes: Sequence[Colonne]
    presentation: Sequence[tuple[str, str]]


def ecrire_classeur(cible: IO[bytes], plan: Plan, lots: Iterable[Lot], nombre: int, avancer: Callable[[int], None]) -> None:
    """Write the workbook into an open file. `lots`: the cells of exactly `nombre` rows, as `cellules` makes them;
    `avancer(rows written)` is called before each lot, and may raise to stop.

    Several sheets beyond what one holds. Raises what `avancer` raises, then the file is worth nothing.
    """
    noms = noms_uniques([colonne.libelle for colonne in plan.colonnes])
    source = _une_a_une(lots, avancer)
    onglets = feuilles(plan.titre, nombre)
    ecrire_enregistrements(cible, plan, noms, [(nom, _enregistrements(noms, source, taille)) for nom, taille in onglets])


def ecrire_enregistrements(
    cible: IO[bytes], plan: Plan, noms: Sequence[str], onglets: Sequence[tuple[str, Iterable[dict[str, Any]]]]
) -> None:
    """Hand records to the library, sheet by sheet, with the formats and widths of their columns."""
    textes = [nom for nom, colonne in zip(noms, plan.colonnes, strict=True) if colonne.genre == Genre.TEXTE]
    largeurs = [largeur(colonne.libelle, colonne.genre) for colonne in plan.colonnes]
    write_worksheets(
        [(A_PROPOS, [{"Rubrique": quoi, "Valeur": valeur} for quoi, valeur in plan.presentation]), *onglets],
        f"/proc/self/fd/{cible.fileno()}",
        bold_headers=True,
        freeze_panes={nom: {"row": 1, "col": 0} for nom, _ in onglets},
        autofilter={nom: True for nom, _ in onglets},
        column_widths={A_PROPOS: LARGEURS_A_PROPOS, **{nom: largeurs for nom, _ in onglets}},
        column_formats={nom: _formats(noms, plan.colonnes) for nom, _ in onglets},
        ignore_errors={nom: textes for nom, _ in onglets},
    )


def _une_a_une(lots: Iterable[Lot], avancer: Callable[[int], None]) -> Iterator[tuple[Any, ...]]:
    ecrites = 0
    for lot in lots:
        avancer(ecrites)
        yield from zip(*lot, strict=True)
        ecrites += len(lot[0])


def _enregistrements(noms: Sequence[str], source: Iterator[tuple[Any, ...]], taille: int) -> Iterator[dict[str, Any]]:
    """The writer takes the headings of the first record, then goes by position. A sheet without row has its headings all the same."""
    if not taille:
        yield dict.fromkeys(noms)
    for ligne in islice(source, taille):
        yield dict(zip(noms, ligne, strict=True))


def _formats(noms: Sequence[str], colonnes: Sequence[Colonne]) -> dict[str, Format]:
    return {
        nom: Format().set_num_format(FORMATS[colonne.genre])
        for nom, colonne in zip(noms, colonnes, strict=True)
        if colonne.genre in FORMATS
    }
