"""Cells on their way from the database to a workbook, in a file without a name: the whole is counted before it is written, and a
process that dies leaves nothing behind."""

import marshal
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from jalon.exports.cellules import Lot


class Tampon:
    """Lots of plain cells (texts, numbers, None), added once, then read once, in their order."""

    def __init__(self) -> None:
        self._fichier = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._tailles: list[int] = []
        self.lignes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None) -> None:
        self._fichier.close()

    def ajouter(self, lot: Lot, lignes: int) -> None:
        """The cells of so many rows more."""
        octets = marshal.dumps(lot)
        self._fichier.write(octets)
        self._tailles.append(len(octets))
        self.lignes += lignes

    def relire(self) -> Iterator[Lot]:
        """Every lot that was added. marshal reads nothing but what this very process wrote."""
        self._fichier.seek(0)
        for taille in self._tailles:
            yield marshal.loads(self._fichier.read(taille))  # noqa: S302
