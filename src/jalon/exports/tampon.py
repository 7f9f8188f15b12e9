"""Cells on their way from the database to a workbook, in a file without a name: the whole is counted before it is written, and a
process that dies leaves nothing behind."""

import tempfile
from array import array
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from pydantic_core import from_json, to_json

from jalon.exports.cellules import Lot

NOMBRES, MELES = b"d", b"j"
"""How a column is kept: numbers alone as the machine holds them, anything else as JSON."""


class Tampon:
    """Lots of plain cells (texts, numbers, None), added once, then read once, in their order."""

    def __init__(self) -> None:
        self._fichier = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._tailles: list[list[int]] = []
        self.lignes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None) -> None:
        self._fichier.close()

    def ajouter(self, lot: Lot, lignes: int) -> None:
        """The cells of so many rows more."""
        self._tailles.append([self._fichier.write(_ecrire(colonne)) for colonne in lot])
        self.lignes += lignes

    def relire(self) -> Iterator[Lot]:
        """Every lot that was added."""
        self._fichier.seek(0)
        for tailles in self._tailles:
            yield [_lire(self._fichier.read(taille)) for taille in tailles]


def _ecrire(colonne: list[Any]) -> bytes:
    try:
        return NOMBRES + array("d", colonne).tobytes()
    except TypeError:
        return MELES + to_json(colonne)


def _lire(octets: bytes) -> list[Any]:
    genre, contenu = octets[:1], octets[1:]
    if genre == NOMBRES:
        return array("d", contenu).tolist()
    lus: list[Any] = from_json(contenu)
    return lus
