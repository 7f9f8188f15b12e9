"""Running the inspection, or the drawing of pages, in a bounded process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from jalon.pieces.enums import PAGES_AU_PLUS, TypeDocument
from jalon.pieces.inspection.motifs import Motif

SECONDES = 30.0
COMMANDE = (sys.executable, "-I", "-m", "jalon.pieces.inspection")
DESSIN = (sys.executable, "-I", "-m", "jalon.pieces.inspection.apercu")
PNG_ENTETE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Examen:
    """A motive of refusal, or the content to keep."""

    motif: Motif | None
    contenu: bytes = b""


def examiner(contenu: bytes, type_document: TypeDocument, *, facture: bool = False, secondes: float = SECONDES) -> Examen:
    """Inspect untrusted bytes out of this process. A crash, a kill or a delay is a refusal, never an error."""
    usage = " facture" if facture and type_document is TypeDocument.PDF else ""
    return executer(COMMANDE, f"{type_document.value}{usage}\n".encode() + contenu, secondes)


@dataclass(frozen=True, slots=True)
class Dessin:
    """The first pages of `total`, as PNG images; none when they could not be drawn."""

    total: int
    pages: tuple[bytes, ...]


def dessiner(contenu: bytes, type_document: TypeDocument, *, secondes: float = SECONDES) -> Dessin:
    """Draw the first pages of a document out of this process. What is not a list of PNG images is nothing."""
    examen = executer(DESSIN, f"{type_document.value}\n".encode() + contenu, secondes)
    entete, _, reste = examen.contenu.partition(b"\n")
    try:
        total, *tailles = map(int, entete.split())
    except ValueError:
        return Dessin(0, ())
    fins = list(accumulate(tailles))
    pages = tuple(reste[fin - taille : fin] for fin, taille in zip(fins, tailles, strict=True))
    entier = fins[-1:] == [len(reste)] and len(pages) <= PAGES_AU_PLUS and all(p.startswith(PNG_ENTETE) for p in pages)
    return Dessin(total, pages) if entier else Dessin(0, ())


def executer(commande: Sequence[str], entree: bytes, secondes: float) -> Examen:
    """What a bounded process says of these bytes."""
    try:
        fin = subprocess.run(
            commande,
            input=entree,
            capture_output=True,
            timeout=secondes,
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        return Examen(Motif.TROP_LONG)
    return _lire(fin.returncode, fin.stdout)


def _lire(code: int, sortie: bytes) -> Examen:
    if code != 0:
        return Examen(Motif.TROP_LONG if -code in _SIGNAUX_DE_DELAI else Motif.INTERROMPU)
    entete, _, reste = sortie.partition(b"\n")
    if entete == b"ok" and reste:
        return Examen(None, reste)
    if entete.startswith(b"refus "):
        return Examen(Motif(entete.removeprefix(b"refus ").decode("ascii")))
    return Examen(Motif.INTERROMPU)


_SIGNAUX_DE_DELAI = {9, 24}  # SIGKILL and SIGXCPU: what the limit of processor time sends
