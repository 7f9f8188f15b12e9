"""Shape of a key of the API: prefix of the portal, type, 32 random bytes in base 62, CRC32. Pure."""

import hashlib
import secrets
import string
import zlib
from collections.abc import Mapping

from jalon.socle.acteurs import Profil

TYPES: Mapping[Profil, str] = {Profil.ADHERENT: "ent_", Profil.PRESTATAIRE: "org_"}
"""Read by whoever finds a key: a company's, or a provider's."""
LONGUEUR_MAX = 512
"""Beyond, nobody ever gave such a key."""
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


def nouvelle_cle(prefixe: str, profil: Profil) -> str:
    """A key never seen before, for one side of an organisation."""
    corps = prefixe + TYPES[profil] + _base62(int.from_bytes(secrets.token_bytes(32)), _LONGUEUR_SECRET)
    return corps + _crc(corps)


def porte_notre_marque(cle: str, prefixe: str) -> bool:
    """Whether it begins as the keys that we make: any other shape may be a key of the former portal."""
    return cle.startswith(tuple(prefixe + genre for genre in TYPES.values()))


def bien_recopiee(cle: str, prefixe: str) -> bool:
    """Length and CRC32 of a key that bears our mark: mistyped or truncated, it is refused without a query."""
    longueurs = {len(prefixe) + len(genre) + _LONGUEUR_SECRET + _LONGUEUR_CRC for genre in TYPES.values()}
    return len(cle) in longueurs and cle.isascii() and _crc(cle[:-_LONGUEUR_CRC]) == cle[-_LONGUEUR_CRC:]


def empreinte_de_cle(cle: str) -> str:
    """SHA-256: 256 random bits need no slow hash (exigences, T15)."""
    return hashlib.sha256(cle.encode()).hexdigest()
