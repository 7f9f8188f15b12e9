"""Images: opened, decoded, then written anew, so that only pixels are kept (no EXIF, no position, no hidden payload)."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable

from PIL import Image, ImageOps, MpoImagePlugin  # noqa: F401 — the second view of a phone’s photo is read by it

from jalon.pieces.inspection.motifs import Motif, Refus

PIXELS_AU_PLUS = 50_000_000
PIXELS_EN_ENTIER = 25_000_000  # beyond, half the size is kept: a page stays readable, time and memory are bounded
COTE_AU_PLUS = 30_000
MORCEAUX_AU_PLUS = 20_000
QUALITE = 90
PNG_ENTETE = b"\x89PNG\r\n\x1a\n"
ANIMATION = (b"acTL", b"fcTL", b"fdAT")
FORMATS = {"JPEG": ("JPEG", "MPO"), "PNG": ("PNG",)}


def preparer_pillow() -> None:
    """Load what Pillow loads at its first image, while files can still be opened."""
    Image.preinit()
    for genre, formats in FORMATS.items():
        tampon = io.BytesIO()
        Image.new("P", (1, 1)).convert("RGB").save(tampon, genre)
        Image.open(tampon, formats=formats).load()


def inspecter_jpeg(octets: bytes) -> bytes:
    """Raise Refus, or give a new JPEG, upright."""
    _verifier_fin_jpeg(octets)
    return _recoder(octets, "JPEG", lambda image, sortie: _en_rvb(image).save(sortie, "JPEG", quality=QUALITE))


def inspecter_png(octets: bytes) -> bytes:
    """Raise Refus, or give a new PNG."""
    _verifier_morceaux_png(octets)
    return _recoder(octets, "PNG", lambda image, sortie: _en_huit_bits(image).save(sortie, "PNG", compress_level=6))


def _recoder(octets: bytes, genre: str, ecrire: Callable[[Image.Image, io.BytesIO], None]) -> bytes:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS_AU_PLUS
    try:
        with Image.open(io.BytesIO(octets), formats=FORMATS[genre]) as image:
            largeur, hauteur = image.size
            if largeur * hauteur > PIXELS_AU_PLUS or max(largeur, hauteur) > COTE_AU_PLUS:
                raise Refus(Motif.IMAGE_TROP_GRANDE)
            image.verify()
        with Image.open(io.BytesIO(octets), formats=FORMATS[genre]) as image:
            if largeur * hauteur > PIXELS_EN_ENTIER:
                image.draft(None, (largeur // 2, hauteur // 2))
            image.load()
            ImageOps.exif_transpose(image, in_place=True)
            sortie = io.BytesIO()
            ecrire(image, sortie)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as erreur:
        raise Refus(Motif.IMAGE_TROP_GRANDE) from erreur
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, struct.error, EOFError) as erreur:
        raise Refus(_motif_de(erreur)) from erreur
    return sortie.getvalue()


def _motif_de(erreur: Exception) -> Motif:
    texte = str(erreur).lower()
    if "too large" in texte or "exceed" in texte or "decompressed data" in texte:
        return Motif.BOMBE
    return Motif.INCOMPLET if "truncated" in texte else Motif.ABIME


def _sans_informations(image: Image.Image) -> Image.Image:
    image.info = {}
    return image


def _en_rvb(image: Image.Image) -> Image.Image:
    return _sans_informations(image if image.mode in {"L", "RGB"} else image.convert("RGB"))


def _en_huit_bits(image: Image.Image) -> Image.Image:
    """Grey, colour, with or without transparency; a very large image at half its size."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda valeur: valeur / 256).convert("L")
    elif image.mode == "P" or "transparency" in image.info:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode not in {"1", "L", "LA", "RGB", "RGBA"}:
        image = image.convert("RGB")
    if image.width * image.height > PIXELS_EN_ENTIER:
        image = (image.convert("L") if image.mode == "1" else image).reduce(2)
    return _sans_informations(image)


def _verifier_fin_jpeg(octets: bytes) -> None:
    """After the end of the image, only what phones write: a second view, the film of a living photo, Samsung's notes."""
    reste = octets[_fin_du_jpeg(octets) :]
    garni = reste.lstrip(b"\x00\r\n ")
    if not garni:
        return
    de_telephone = garni.startswith(b"\xff\xd8\xff") or reste[4:8] == b"ftyp" or reste.endswith(b"SEFT")
    if not de_telephone or zipfile.is_zipfile(io.BytesIO(octets)):
        raise Refus(Motif.POLYGLOTTE)


def _fin_du_jpeg(octets: bytes) -> int:
    """Offset after the EOI marker of the first image."""
    place = 2
    while True:
        place = octets.find(b"\xff", place)
        if place < 0 or place + 1 >= len(octets):
            raise Refus(Motif.INCOMPLET)
        marque = octets[place + 1]
        if marque == 0xD9:
            return place + 2
        if marque in {0x00, 0xFF} or 0xD0 <= marque <= 0xD8 or marque == 0x01:
            place += 1 if marque == 0xFF else 2
            continue
        if place + 4 > len(octets):
            raise Refus(Motif.INCOMPLET)
        place += 2 + int.from_bytes(octets[place + 2 : place + 4], "big")


def _verifier_morceaux_png(octets: bytes) -> None:
    place, nombre = len(PNG_ENTETE), 0
    while place + 12 <= len(octets):
        taille, genre = int.from_bytes(octets[place : place + 4], "big"), octets[place + 4 : place + 8]
        place, nombre = place + 12 + taille, nombre + 1
        if genre in ANIMATION:
            raise Refus(Motif.IMAGE_ANIMEE)
        if nombre > MORCEAUX_AU_PLUS:
            raise Refus(Motif.BOMBE)
        if genre == b"IEND":
            if octets[place:].strip(b"\x00\r\n "):
                raise Refus(Motif.POLYGLOTTE)
            return
    raise Refus(Motif.INCOMPLET)
