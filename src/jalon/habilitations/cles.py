"""Shape of a key of the API: `jalon_` + 32 random bytes in base 62 + CRC32. Pure."""

import hashlib
import secrets
import string
import zlib

PREFIXE = "jalon_"
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_LONGUEUR_SECRET = 43
_LONGUEUR_CRC = 6


def _base62(nombre: int, longueur: int) -> str:
    chiffres = []
    for _ in range(longueur):
        nombre, reste = divmod(nombre, len(_ALPHABET))
        chiffres.append(_ALPHABET[reste])
    return "".join(reversed(chiffres))


def _crc(texte: str) -> str:
    return _base62(zlib.crc32(texte.encode()), _LONGUEUR_CRC)


def nouvelle_cle() -> str:
    """A key never seen before."""
    corps = PREFIXE + _base62(int.from_bytes(secrets.token_bytes(32)), _LONGUEUR_SECRET)
    return corps + _crc(corps)


def cle_bien_formee(cle: str) -> bool:
    """Length, prefix and CRC32: a mistyped or truncated key is refused without a query."""
    if len(cle) != len(PREFIXE) + _LONGUEUR_SECRET + _LONGUEUR_CRC or not cle.startswith(PREFIXE) or not cle.isascii():
        return False
    return _crc(cle[:-_LONGUEUR_CRC]) == cle[-_LONGUEUR_CRC:]


def empreinte_de_cle(cle: str) -> str:
    """SHA-256: 256 random bits need no slow hash (exigences, T15)."""
    return hashlib.sha256(cle.encode()).hexdigest()
