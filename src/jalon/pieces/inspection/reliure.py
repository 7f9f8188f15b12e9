"""Several PDFs end to end, with bookmarks, in the same bounds: `python -m jalon.pieces.inspection.reliure`.

stdin: one line of JSON {"tailles": [bytes of each], "signets": [[title, page from 0], …]}, then the PDFs one after another.
The first is ours and keeps its tags; the others only give bare pages. stdout: « ok », then the PDF; or « refus MOTIF ».
"""

import io
import json
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pikepdf
from pikepdf import OutlineItem

from jalon.pieces.inspection.enclos import s_enfermer
from jalon.pieces.inspection.feuillets import ajouter_les_pages, enregistrer
from jalon.pieces.inspection.motifs import Motif, Refus
from jalon.pieces.inspection.pdf import preparer_qpdf


def relier(parties: Iterator[bytes], signets: Sequence[tuple[str, int]]) -> bytes:
    """One PDF. Raises Refus."""
    suites: list[pikepdf.Pdf] = []  # their pages are read from them when the whole is written
    try:
        with pikepdf.open(io.BytesIO(next(parties))) as cible:
            for partie in parties:
                suites.append(pikepdf.open(io.BytesIO(partie), attempt_recovery=False, suppress_warnings=True))
                ajouter_les_pages(cible, suites[-1])
            with cible.open_outline() as plan:
                plan.root.clear()
                plan.root.extend(OutlineItem(titre, page) for titre, page in signets)
            return enregistrer(cible)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError) as erreur:
        raise Refus(Motif.ABIME) from erreur
    finally:
        for suite in suites:
            suite.close()


def _lire(entree: BinaryIO, tailles: Sequence[int]) -> Iterator[bytes]:
    """One at a time: all of them are never there twice."""
    for taille in tailles:
        yield entree.read(taille)


def principal() -> None:
    """Bind once, then leave."""
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    preparer_qpdf()
    s_enfermer()
    demande = json.loads(entree.readline())
    try:
        relie = relier(_lire(entree, demande["tailles"]), demande["signets"])
    except Refus as refus:
        sortie.write(f"refus {refus.motif.value}\n".encode())
    except (MemoryError, RecursionError):
        sortie.write(f"refus {Motif.BOMBE.value}\n".encode())
    else:
        sortie.write(b"ok\n")
        sortie.write(relie)
    sortie.flush()


if __name__ == "__main__":
    principal()
