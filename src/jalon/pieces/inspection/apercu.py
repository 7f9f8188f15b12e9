"""First pages of a kept document as PNG images, made in the same bounds: `python -m jalon.pieces.inspection.apercu`.

stdin: one line « type », then the bytes. stdout: « ok », a line « total size size… », then the images; or « refus MOTIF ».
"""

import io
import sys
import time
from collections.abc import Iterator

import pypdfium2
from PIL import Image

from jalon.pieces.inspection.enclos import s_enfermer
from jalon.pieces.inspection.images import PIXELS_AU_PLUS, preparer_pillow
from jalon.pieces.inspection.motifs import Motif, Refus

PAGES_AU_PLUS = 10
POINTS_PAR_POUCE = 110
COTE_AU_PLUS = 1600
SECONDES_AU_PLUS = 5.0  # of processor, looked at between two pages: the bound of the process kills at 10
OCTETS_AU_PLUS = 40 * 1024 * 1024


def pages_d_un_pdf(octets: bytes) -> tuple[int, list[bytes]]:
    """How many pages there are, and the first as images: fewer than ten when they take too long. Raises Refus."""
    try:
        pdf = pypdfium2.PdfDocument(octets)  # type: ignore[no-untyped-call]
        if pdf.get_formtype():  # type: ignore[no-untyped-call]
            pdf.init_forms()  # type: ignore[no-untyped-call]  # a form that was filled in shows its answers; this build runs no program
        return len(pdf), list(_rendre(pdf))
    except (pypdfium2.PdfiumError, ValueError, OSError) as erreur:
        raise Refus(Motif.ABIME) from erreur


def _rendre(pdf: pypdfium2.PdfDocument) -> Iterator[bytes]:
    octets = 0
    for rang in range(min(len(pdf), PAGES_AU_PLUS)):
        if octets > OCTETS_AU_PLUS or (rang and time.process_time() > SECONDES_AU_PLUS):
            return
        page = pdf[rang]
        echelle = min(POINTS_PAR_POUCE / 72, COTE_AU_PLUS / max(*page.get_size(), 1))
        image = _en_png(page.render(scale=echelle).to_pil())
        page.close()
        octets += len(image)
        yield image


def page_d_une_image(octets: bytes) -> tuple[int, list[bytes]]:
    """A photo or a scan, as one page. Raises Refus."""
    Image.MAX_IMAGE_PIXELS = PIXELS_AU_PLUS
    try:
        with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG")) as image:
            image.draft(None, (COTE_AU_PLUS, COTE_AU_PLUS))
            image.thumbnail((COTE_AU_PLUS, COTE_AU_PLUS))
            return 1, [_en_png(image if image.mode in {"1", "L", "RGB"} else image.convert("RGB"))]
    except (OSError, SyntaxError, ValueError) as erreur:
        raise Refus(Motif.ABIME) from erreur


def _en_png(image: Image.Image) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, "PNG")
    return sortie.getvalue()


def principal() -> None:
    """Draw one document, then leave."""
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    dessiner = pages_d_un_pdf if entree.readline(64).strip() == b"application/pdf" else page_d_une_image
    preparer_pillow()
    s_enfermer()
    try:
        total, pages = dessiner(entree.read())
    except Refus as refus:
        sortie.write(f"refus {refus.motif.value}\n".encode())
    except (MemoryError, RecursionError):
        sortie.write(f"refus {Motif.BOMBE.value}\n".encode())
    else:
        sortie.write(f"ok\n{' '.join(map(str, (total, *map(len, pages))))}\n".encode())
        sortie.writelines(pages)
    sortie.flush()


if __name__ == "__main__":
    principal()
