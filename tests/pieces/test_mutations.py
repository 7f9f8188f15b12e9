# ruff: noqa: S311 — chance, reproducible
"""Honest files damaged at random, and hostile parts grafted on honest files: an answer each time, never a fault."""

import io
import random
import warnings
from collections.abc import Callable
from functools import partial

import pikepdf
import pytest
from PIL import Image

from jalon.pieces.enums import TypeDocument
from jalon.pieces.examen import examiner
from jalon.pieces.inspection.images import inspecter_jpeg, inspecter_png
from jalon.pieces.inspection.motifs import Motif, Refus
from jalon.pieces.inspection.pdf import inspecter_pdf
from tests.pieces.corpus_facturx import facturx
from tests.pieces.corpus_honnete import CORPUS
from tests.pieces.corpus_hostile import JOINTS, PROGRAMMES
from tests.pieces.fabrique import archive, pdf, photo

GENRES: dict[str, tuple[Callable[[bytes], bytes], TypeDocument, Callable[[], bytes]]] = {
    "pdf": (inspecter_pdf, TypeDocument.PDF, lambda: pdf(pages=3)),
    "pdf de facture": (partial(inspecter_pdf, facture=True), TypeDocument.PDF, facturx),
    "jpeg": (inspecter_jpeg, TypeDocument.JPEG, lambda: photo((64, 48))),
    "png": (inspecter_png, TypeDocument.PNG, lambda: photo((64, 48), "PNG")),
}

# Objects that nothing leads to: a copy made by qpdf leaves them out, and is harmless.
SANS_LIEN = {
    "fichier incorporé sans lien",
    "fichier incorporé, nom maquillé",
    "JavaScript sans aucun lien",
    "JavaScript au fond de tableaux",
}


def abimer(octets: bytes, hasard: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or added."""
    copie = bytearray(octets)
    for _ in range(hasard.randint(1, 6)):
        place = hasard.randrange(len(copie))
        geste = hasard.randrange(4)
        if geste == 0:
            copie[place] = hasard.randrange(256)
        elif geste == 1:
            del copie[place : place + hasard.randint(1, 40)]
        elif geste == 2:
            copie[place:place] = copie[place : place + hasard.randint(1, 40)]
        else:
            copie[place:place] = hasard.randbytes(hasard.randint(1, 8))
        if len(copie) < 16:
            break
    return bytes(copie)


def ouvrir(octets: bytes, genre: str) -> None:
    """What is accepted can be opened by its parser."""
    if genre.startswith("pdf"):
        with pikepdf.open(io.BytesIO(octets)) as document:
            assert len(document.pages) > 0
    else:
        with Image.open(io.BytesIO(octets)) as image:
            image.load()


@pytest.mark.parametrize("genre", GENRES)
def test_un_fichier_abime_au_hasard_recoit_toujours_une_reponse(genre: str) -> None:
    inspecter, _, faire = GENRES[genre]
    octets, refus = faire(), 0
    for graine in range(300):
        try:
            propre = inspecter(abimer(octets, random.Random(graine)))
        except Refus:
            refus += 1
        else:
            ouvrir(propre, genre)
    assert refus > 50


@pytest.mark.nuit
@pytest.mark.parametrize("graine", range(150))
def test_un_fichier_reel_abime_ne_fait_pas_tomber_le_controle(graine: int) -> None:
    hasard = random.Random(graine)
    _, nom, faire = hasard.choice(CORPUS)
    genre = {"pdf": "pdf", "png": "png"}.get(nom.lower().rpartition(".")[2], "jpeg")
    _, type_document, _ = GENRES[genre]
    examen = examiner(abimer(faire(), hasard), type_document)
    assert examen.motif not in {Motif.INTERROMPU, Motif.TROP_LONG}
    if examen.motif is None:
        ouvrir(examen.contenu, genre)


@pytest.mark.nuit
@pytest.mark.parametrize("graine", range(80))
def test_une_partie_hostile_greffee_est_toujours_refusee(graine: int) -> None:
    hasard = random.Random(graine)
    hostile = hasard.choice([h for h in [*JOINTS, *PROGRAMMES] if h.cas not in SANS_LIEN])
    with warnings.catch_warnings(), pikepdf.open(io.BytesIO(hostile.faire())) as document:
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        for _ in range(hasard.randint(1, 9)):
            document.add_blank_page()
        sortie = io.BytesIO()
        mode = hasard.choice(list(pikepdf.ObjectStreamMode))
        document.save(sortie, object_stream_mode=mode, linearize=hasard.random() < 0.3, preserve_pdfa=False)
    octets = sortie.getvalue() + (archive() if hasard.random() < 0.2 else b"")
    assert examiner(octets, TypeDocument.PDF).motif is not None
