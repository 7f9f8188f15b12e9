"""A CSV file that a French spreadsheet opens: UTF-8 marked as such, semicolons, commas in amounts, nothing that computes. Streamed."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Protocol

from jalon.socle.tableur import BOM, neutraliser


class Plume(Protocol):
    """What writes rows of cells already neutralised (RFC 4180)."""

    def writerows(self, rows: Iterable[Iterable[Any]], /) -> None:
        """Some rows more."""


@contextmanager
def ouvrir_csv(cible: IO[bytes], entetes: Sequence[str]) -> Iterator[Plume]:
    """Write into an open file: the headings, then what the caller gives; all of it is there when the block ends."""
    texte = io.TextIOWrapper(cible, encoding="utf-8", newline="")
    try:
        texte.write(BOM)
        plume = csv.writer(texte, delimiter=";", lineterminator="\r\n")
        plume.writerow([neutraliser(entete) for entete in entetes])
        yield plume
        texte.flush()
    finally:
        texte.detach()
