"""Building blocks of the two corpora: files are made at run time, none is stored."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

# Split, so that the repository itself is not flagged.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(modifier: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 1, **options: object) -> bytes:
    """A PDF of blank pages, changed by `modifier`, saved with the options of pikepdf."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    if modifier is not None:
        modifier(document)
    sortie = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        document.save(sortie, **options)  # type: ignore[arg-type]
    return sortie.getvalue()


def pdf_brut(
    *objets: bytes, racine: bytes = b"/Type /Catalog /Pages 2 0 R", entete: bytes = b"%PDF-1.7\n", suite: bytes = b""
) -> bytes:
    """A PDF written byte by byte, with a right table: object 1 is the root, 2 the pages, 3 a page, then `objets`."""
    corps = [
        b"<< " + racine + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + suite + b" >>",
        *objets,
    ]
    sortie, places = bytearray(entete), []
    for numero, contenu in enumerate(corps, start=1):
        places.append(len(sortie))
        sortie += b"%d 0 obj\n" % numero + contenu + b"\nendobj\n"
    debut = len(sortie)
    sortie += b"xref\n0 %d\n0000000000 65535 f \n" % (len(corps) + 1)
    for place in places:
        sortie += b"%010d 00000 n \n" % place
    sortie += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(corps) + 1, debut)
    return bytes(sortie)


def flux(contenu: bytes, entrees: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d " % len(contenu) + entrees + b" >>\nstream\n" + contenu + b"\nendstream"


def action(document: pikepdf.Pdf, genre: str, **entrees: object) -> pikepdf.Object:
    """An indirect action."""
    return document.make_indirect(Dictionary(S=Name("/" + genre), **entrees))


def annoter(document: pikepdf.Pdf, genre: str, **entrees: object) -> None:
    """An annotation on the first page."""
    annotation = Dictionary(Type=Name.Annot, Subtype=Name("/" + genre), Rect=Array([10, 10, 60, 60]), **entrees)
    document.pages[0].obj.Annots = Array([document.make_indirect(annotation)])


def champ(document: pikepdf.Pdf, **entrees: object) -> None:
    """A text field in an AcroForm."""
    annoter(document, "Widget", FT=Name.Tx, T=String("nom"), V=String("Moreau"), **entrees)
    document.Root.AcroForm = Dictionary(Fields=Array([document.pages[0].obj.Annots[0]]), DA=String("/Helv 0 Tf 0 g"))


def archive() -> bytes:
    """A ZIP."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as zip_:
        zip_.writestr("vilain.js", "alert(1)")
    return sortie.getvalue()


def photo(taille: tuple[int, int] = (640, 480), genre: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """An image with some detail."""
    image = Image.linear_gradient("L").resize(taille).convert(mode)
    sortie = io.BytesIO()
    image.save(sortie, genre, **options)
    return sortie.getvalue()


def morceau(genre: bytes, contenu: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(contenu)) + genre + contenu + struct.pack(">I", zlib.crc32(genre + contenu))


def png_brut(*morceaux: bytes, largeur: int = 1, hauteur: int = 1) -> bytes:
    """A PNG of grey pixels, with those chunks before the data."""
    entete = morceau(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0))
    donnees = morceau(b"IDAT", zlib.compress(b"\x00\x7f" * min(hauteur, 1000)))
    return b"\x89PNG\r\n\x1a\n" + entete + b"".join(morceaux) + donnees + morceau(b"IEND", b"")


def jpeg_de(largeur: int, hauteur: int) -> bytes:
    """A small JPEG whose header announces another size."""
    octets = bytearray(photo((16, 16)))
    place = octets.index(b"\xff\xc0")
    octets[place + 5 : place + 9] = struct.pack(">HH", hauteur, largeur)
    return bytes(octets)
