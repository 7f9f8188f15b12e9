"""Putting documents in pages, and binding them, each in a bounded process: the bytes come from outside."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from jalon.pieces.enums import TypeDocument
from jalon.pieces.examen import SECONDES, executer
from jalon.pieces.inspection.motifs import Motif

FEUILLETS = (sys.executable, "-I", "-m", "jalon.pieces.inspection.feuillets")
RELIURE = (sys.executable, "-I", "-m", "jalon.pieces.inspection.reliure")
PDF_ENTETE = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Feuillets:
    """A PDF of bare pages, or why there is none."""

    motif: Motif | None
    pages: int = 0
    pdf: bytes = b""


def mettre_en_pages(contenu: bytes, type_document: TypeDocument, *, secondes: float = SECONDES) -> Feuillets:
    """The pages of a document, without anything that acts. What is not a PDF of some pages is nothing."""
    examen = executer(FEUILLETS, f"{type_document.value}\n".encode() + contenu, secondes)
    if examen.motif is not None:
        return Feuillets(examen.motif)
    nombre, _, pdf = examen.contenu.partition(b"\n")
    if not nombre.isdigit() or int(nombre) == 0 or not pdf.startswith(PDF_ENTETE):
        return Feuillets(Motif.INTERROMPU)
    return Feuillets(None, int(nombre), pdf)


def relier(parties: Sequence[bytes], signets: Sequence[tuple[str, int]], *, secondes: float = SECONDES) -> bytes | None:
    """One PDF: ours, then the pages of the others; `signets`: titles, and the page from 0. None when it cannot be made."""
    entete = json.dumps({"tailles": [len(partie) for partie in parties], "signets": list(signets)})
    examen = executer(RELIURE, b"\n".join((entete.encode(), b"".join(parties))), secondes)
    return examen.contenu if examen.contenu.startswith(PDF_ENTETE) else None
