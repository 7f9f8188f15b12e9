"""Search text from bytes, equal to `socle.texte.normaliser` (a property test compares them)."""

from jalon.socle.texte import normaliser

LONGUEUR_RECHERCHE = 200
_ASCII = bytes(ord(chr(o).lower()) if o < 128 and chr(o).isalnum() else 0x20 for o in range(256))


def normaliser_octets(texte: bytes) -> bytes:
    """UTF-8 text without accents, in lower case, single spaces. Names of the register are nearly all ASCII: that path is quick."""
    if texte.isascii():
        return b" ".join(texte.translate(_ASCII).split())
    return normaliser(texte.decode()).encode()
