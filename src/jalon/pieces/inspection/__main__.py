"""stdin: one line « type » or « type facture », then the bytes. stdout: one line « ok » or « refus MOTIF », then the clean bytes."""

import sys
from collections.abc import Callable
from functools import partial

from jalon.pieces.inspection.enclos import s_enfermer
from jalon.pieces.inspection.images import inspecter_jpeg, inspecter_png, preparer_pillow
from jalon.pieces.inspection.motifs import Motif, Refus
from jalon.pieces.inspection.pdf import inspecter_pdf, preparer_qpdf

INSPECTEURS: dict[str, Callable[[bytes], bytes]] = {
    "application/pdf": inspecter_pdf,
    "application/pdf facture": partial(inspecter_pdf, facture=True),
    "image/jpeg": inspecter_jpeg,
    "image/png": inspecter_png,
}


def principal() -> None:
    """Inspect one file, then leave."""
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    inspecter = INSPECTEURS[entree.readline(64).decode("ascii").strip()]
    preparer_qpdf()
    preparer_pillow()
    s_enfermer()
    try:
        propre = inspecter(entree.read())
    except Refus as refus:
        sortie.write(f"refus {refus.motif.value}\n".encode())
    except (MemoryError, RecursionError):
        sortie.write(f"refus {Motif.BOMBE.value}\n".encode())
    else:
        sortie.write(b"ok\n")
        sortie.write(propre)
    sortie.flush()


if __name__ == "__main__":
    principal()
