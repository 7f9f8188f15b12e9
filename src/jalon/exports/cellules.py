"""From a value of a list to what a workbook or a CSV file holds: one converter per column, built once. Pure.

Dates and instants become the numbers by which Excel counts days, which the format of their column shows as such.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from jalon.exports.regles import LIGNES_PAR_LOT, SIGNES_PAR_CELLULE
from jalon.socle.dates import PARIS, formater_date
from jalon.socle.listes import Colonne, Genre, Valeur
from jalon.socle.montants import CENT
from jalon.socle.tableur import neutraliser

Cellule = str | float | None
Convertisseur = Callable[[list[Any]], list[Any]]
Lot = list[list[Any]]
"""Cells of some rows: one list for each column."""

ORIGINE = date(1899, 12, 30).toordinal()
PREMIER_JOUR = date(1900, 3, 1).toordinal()
"""Excel knows no day before 1900, and believes in a 29 February 1900: what is older is written as text."""
SECONDES_PAR_JOUR = 86_400
ENTIER_EXACT = 10**15
"""Excel keeps fifteen digits: a longer number is text, or its end would be lost."""
COUPE = "… (texte coupé)"
_SURS = SIGNES_PAR_CELLULE // 2
"""Excel counts UTF-16 units: a text of that many signs fits whatever they are."""


def texte(valeur: Valeur) -> str | None:
    """A text as it is, cut at what a cell holds."""
    if valeur is None:
        return None
    ecrit = valeur if type(valeur) is str else str(valeur)
    if len(ecrit) <= _SURS and ecrit.isprintable():
        return ecrit
    return _lisible(ecrit)


def _lisible(ecrit: str) -> str:
    """Without what no file can hold, and cut."""
    net = "".join(s for s in ecrit if s >= " " or s in "\n\t").encode("utf-16-le", "ignore")
    if len(net) // 2 > SIGNES_PAR_CELLULE:
        net = net[: 2 * (SIGNES_PAR_CELLULE - len(COUPE))]
        return net.decode("utf-16-le", "ignore") + COUPE
    return net.decode("utf-16-le")


def entier(valeur: Valeur) -> Cellule:
    """A whole number; text beyond fifteen digits."""
    if valeur is None:
        return None
    nombre = int(valeur)  # type: ignore[arg-type]
    return float(nombre) if -ENTIER_EXACT < nombre < ENTIER_EXACT else str(nombre)


def montant(valeur: Valeur) -> Cellule:
    """Euros."""
    return None if valeur is None else float(valeur)  # type: ignore[arg-type]


def jour(valeur: Valeur) -> Cellule:
    """A calendar day."""
    if valeur is None:
        return None
    if isinstance(valeur, datetime):
        valeur = valeur.astimezone(PARIS).date()
    rang = valeur.toordinal()  # type: ignore[union-attr]
    return float(rang - ORIGINE) if rang >= PREMIER_JOUR else formater_date(valeur)  # type: ignore[arg-type]


def instant(valeur: Valeur) -> Cellule:
    """An instant, at the time of Paris, to the second."""
    if valeur is None:
        return None
    la: datetime = valeur.astimezone(PARIS)  # type: ignore[union-attr]
    rang = la.toordinal()
    if rang < PREMIER_JOUR:
        return f"{formater_date(la.date())} {la:%H:%M:%S}"
    return rang - ORIGINE + (la.hour * 3600 + la.minute * 60 + la.second) / SECONDES_PAR_JOUR


def textes(valeurs: list[Any]) -> list[Cellule]:
    """Texts of a column; those of an ordinary one are judged all at once."""
    try:
        ensemble = "".join(valeurs)
    except TypeError:
        return [texte(valeur) for valeur in valeurs]
    if ensemble.isprintable() and max(map(len, valeurs), default=0) <= _SURS:
        return valeurs
    return [texte(valeur) for valeur in valeurs]


def montants(valeurs: list[Any]) -> list[Cellule]:
    """Euros of a column; quicker without an empty cell."""
    try:
        return list(map(float, valeurs))
    except TypeError:
        return [montant(valeur) for valeur in valeurs]


def _chacune(convertir: Callable[[Any], Any]) -> Convertisseur:
    return lambda valeurs: list(map(convertir, valeurs))


CLASSEUR: dict[Genre, Convertisseur] = {
    Genre.TEXTE: textes,
    Genre.ENTIER: _chacune(entier),
    Genre.MONTANT: montants,
    Genre.JOUR: _chacune(jour),
    Genre.INSTANT: _chacune(instant),
}


def _csv(ecrire: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda valeur: "" if valeur is None else ecrire(valeur)


def _texte_csv(valeur: Any) -> str:
    """Cut nowhere: a CSV file has no limit; what a spreadsheet would compute is neutralised (exigences, T8)."""
    net = "".join(s for s in str(valeur) if s >= " " or s in "\n\t")
    return neutraliser(net.encode("utf-8", "ignore").decode())


def _montant_csv(valeur: Any) -> str:
    return str(Decimal(valeur).quantize(CENT)).replace(".", ",")


def _jour_csv(valeur: Any) -> str:
    return formater_date(valeur.astimezone(PARIS).date() if isinstance(valeur, datetime) else valeur)


CSV: dict[Genre, Convertisseur] = {
    Genre.TEXTE: _chacune(_csv(_texte_csv)),
    Genre.ENTIER: _chacune(_csv(lambda valeur: str(int(valeur)))),
    Genre.MONTANT: _chacune(_csv(_montant_csv)),
    Genre.JOUR: _chacune(_csv(_jour_csv)),
    Genre.INSTANT: _chacune(_csv(lambda valeur: f"{valeur.astimezone(PARIS):%d/%m/%Y %H:%M:%S}")),
}


def rangeur(colonnes: Sequence[Colonne], jour_: date, table: dict[Genre, Convertisseur]) -> Callable[[Sequence[Any]], Lot]:
    """What makes the cells of some rows, column by column, all choices made before the first one."""
    paires = [(colonne.valeur, table[colonne.genre]) for colonne in colonnes]

    def ranger(lignes: Sequence[Any]) -> Lot:
        return [convertir([valeur(ligne, jour_) for ligne in lignes]) for valeur, convertir in paires]

    return ranger


def par_lots(lignes: Iterator[Any]) -> Iterator[list[Any]]:
    """The rows, some thousands at a time: what is held in memory, and what is done between two controls."""
    while lot := list(islice(lignes, LIGNES_PAR_LOT)):
        yield lot
