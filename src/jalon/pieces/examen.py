"""Running the inspection in a bounded process, and asking the antivirus."""

import os
import subprocess
import sys
from dataclasses import dataclass

from jalon.pieces.enums import TypeDocument
from jalon.pieces.inspection.motifs import Motif

SECONDES = 30.0
COMMANDE = (sys.executable, "-I", "-m", "jalon.pieces.inspection")


@dataclass(frozen=True, slots=True)
class Examen:
    """A motive of refusal, or the content to keep."""

    motif: Motif | None
    contenu: bytes = b""


def examiner(contenu: bytes, type_document: TypeDocument, *, facture: bool = False, secondes: float = SECONDES) -> Examen:
    """Inspect untrusted bytes out of this process. A crash, a kill or a delay is a refusal, never an error."""
    usage = " facture" if facture and type_document is TypeDocument.PDF else ""
    try:
        fin = subprocess.run(
            COMMANDE,
            input=f"{type_document.value}{usage}\n".encode() + contenu,
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
