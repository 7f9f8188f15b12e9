"""Pages of a kept document, alone, to be bound with others, in the same bounds: `python -m jalon.pieces.inspection.feuillets`.

stdin: one line « type », then the bytes. stdout: « ok », a line « pages », then a PDF; or « refus MOTIF ».
What is drawn is kept, answers of a form and signatures included; nothing else is: no action, program, attachment, link or form.
"""

import io
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, settings
from PIL import Image

from jalon.pieces.inspection.enclos import s_enfermer
from jalon.pieces.inspection.images import PIXELS_AU_PLUS, QUALITE, preparer_pillow
from jalon.pieces.inspection.motifs import Motif, Refus
from jalon.pieces.inspection.pdf import inspecter_pdf, parcourir, preparer_qpdf, traduire_les_erreurs

PAGE = frozenset({"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents"})
"""What is kept of a page: how large it is and what is drawn on it."""
DE_TROP = frozenset({"/AF", "/Metadata", "/OPI", "/PieceInfo", "/Ref", "/StructParent", "/StructParents"})
"""What a drawing may carry besides."""
A4 = (595.28, 841.89)
MARGE = 28.35  # one centimetre
POINTS_PAR_POUCE = 300


def pages_d_un_pdf(octets: bytes) -> bytes:
    """A PDF of the same pages. It is inspected before it leaves, as a document that arrives. Raises Refus."""
    with (
        traduire_les_erreurs(octets),
        pikepdf.open(io.BytesIO(octets), attempt_recovery=False, suppress_warnings=True) as source,
        pikepdf.new() as cible,
    ):
        if source.is_encrypted:
            raise Refus(Motif.VERROUILLE)
        if "/AcroForm" in source.Root:
            source.generate_appearance_streams()
        source.flatten_annotations("all")
        ajouter_les_pages(cible, source)
        if settings.qpdf_limit_errors():
            raise Refus(Motif.BOMBE)
        return inspecter_pdf(enregistrer(cible))


def ajouter_les_pages(cible: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Append the pages of `source`, bare."""
    for page in source.pages:
        for cle in set(page.obj.keys()) - PAGE:
            del page.obj[cle]
    for objet in source.objects:
        for valeur in parcourir(objet):
            for cle in DE_TROP & set(valeur.keys()):
                del valeur[cle]
    cible.pages.extend(source.pages)


def page_d_une_image(octets: bytes) -> bytes:
    """An image on an A4 page, upright or on its side, never larger than it is at 300 dots an inch. Raises Refus."""
    Image.MAX_IMAGE_PIXELS = PIXELS_AU_PLUS
    try:
        with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG")) as image:
            papier = A4[::-1] if image.width > image.height else A4
            points = (_points(papier[0]), _points(papier[1]))
            image.draft(None, points)
            photo, pleine = image.format == "JPEG", _en_nuances(image)
            pleine.thumbnail(points)
            return _poser(_sur_blanc(pleine), papier, photo=photo)
    except (OSError, SyntaxError, ValueError) as erreur:
        raise Refus(Motif.ABIME) from erreur


def _points(cote: float) -> int:
    """Dots of a side of the paper, without its margins."""
    return round((cote - 2 * MARGE) / 72 * POINTS_PAR_POUCE)


def _en_nuances(image: Image.Image) -> Image.Image:
    """A mode that can be made smaller."""
    if image.mode in {"L", "LA", "RGB", "RGBA"}:
        return image
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _sur_blanc(image: Image.Image) -> Image.Image:
    """Grey or colours: what is transparent is white."""
    if not image.has_transparency_data:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def _poser(image: Image.Image, papier: tuple[float, float], *, photo: bool) -> bytes:
    """The image at the top of the page, in its middle: its pixels, written anew."""
    echelle = min((papier[0] - 2 * MARGE) / image.width, (papier[1] - 2 * MARGE) / image.height, 1)
    largeur, hauteur = image.width * echelle, image.height * echelle
    gauche, bas = (papier[0] - largeur) / 2, papier[1] - MARGE - hauteur
    with pikepdf.new() as cible:
        flux = cible.make_stream(
            _en_jpeg(image) if photo else zlib.compress(image.tobytes()),
            Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
            Filter=Name.DCTDecode if photo else Name.FlateDecode,
        )  # fmt: skip
        page = cible.add_blank_page()
        page.obj.Resources = Dictionary(XObject=Dictionary(Piece=flux))
        dessin = f"q {largeur:.2f} 0 0 {hauteur:.2f} {gauche:.2f} {bas:.2f} cm /Piece Do Q"
        page.obj.Contents = cible.make_stream(dessin.encode())
        page.obj.MediaBox = Array([0, 0, *papier])
        return enregistrer(cible)


def _en_jpeg(image: Image.Image) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=QUALITE)
    return sortie.getvalue()


def enregistrer(pdf: pikepdf.Pdf) -> bytes:
    """The same pages give the same bytes. The metadata are left as they are: their parser would be read from a file."""
    sortie, par_groupes = io.BytesIO(), pikepdf.ObjectStreamMode.generate
    pdf.save(sortie, deterministic_id=True, object_stream_mode=par_groupes, fix_metadata_version=False)
    return sortie.getvalue()


def principal() -> None:
    """Put one document in pages, then leave."""
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    mettre_en_pages: Callable[[bytes], Any] = (
        pages_d_un_pdf if entree.readline(64).strip() == b"application/pdf" else page_d_une_image
    )
    preparer_qpdf()
    preparer_pillow()
    s_enfermer()
    try:
        pdf = mettre_en_pages(entree.read())
    except Refus as refus:
        sortie.write(f"refus {refus.motif.value}\n".encode())
    except (MemoryError, RecursionError):
        sortie.write(f"refus {Motif.BOMBE.value}\n".encode())
    else:
        with pikepdf.open(io.BytesIO(pdf)) as relu:
            sortie.write(f"ok\n{len(relu.pages)}\n".encode())
        sortie.write(pdf)
    sortie.flush()


if __name__ == "__main__":
    principal()
