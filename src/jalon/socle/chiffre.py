"""Encryption of NIR, IBAN and files, and blind indexes.

The owner's id is inside the plaintext: a value copied to another row cannot be read there (exigences, T5).
Keys come from settings: JALON_CLES (newest first, older ones still read) and JALON_CLE_EMPREINTES.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_SEPARATEUR = b"\x1f"


class ValeurIllisible(RuntimeError):
    """The value was not encrypted by us, or belongs to another owner."""


@lru_cache(maxsize=4)
def _trousseau(cles: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(c.encode()).digest())) for c in cles])


def _coffre() -> MultiFernet:
    return _trousseau(tuple(settings.JALON_CLES))


def chiffrer_octets(octets: bytes, proprietaire: UUID | str) -> bytes:
    """Encrypt a content for its owner. Raises ValueError on an owner that could be taken for another."""
    titulaire = str(proprietaire).encode()
    if not titulaire or _SEPARATEUR in titulaire:
        raise ValueError("propriétaire vide ou ambigu")
    return _coffre().encrypt(titulaire + _SEPARATEUR + octets)


def dechiffrer_octets(jeton: bytes, proprietaire: UUID | str) -> bytes:
    """Decrypt a content of that owner. Raises ValeurIllisible."""
    try:
        clair = _coffre().decrypt(jeton)
    except InvalidToken as erreur:
        raise ValeurIllisible("Valeur chiffrée illisible : clé absente ou contenu altéré") from erreur
    titulaire, _, octets = clair.partition(_SEPARATEUR)
    if titulaire != str(proprietaire).encode():
        raise ValeurIllisible("Valeur chiffrée pour un autre propriétaire")
    return octets


def chiffrer(valeur: str, proprietaire: UUID | str) -> str:
    """Encrypt a short text for its owner."""
    return chiffrer_octets(valeur.encode(), proprietaire).decode("ascii")


def dechiffrer(jeton: str, proprietaire: UUID | str) -> str:
    """Decrypt a short text of that owner. Raises ValeurIllisible."""
    return dechiffrer_octets(jeton.encode(), proprietaire).decode()


def renouveler_octets(jeton: bytes) -> bytes:
    """Encrypt again with the newest key; the owner does not change. Raises ValeurIllisible."""
    try:
        return _coffre().rotate(jeton)
    except InvalidToken as erreur:
        raise ValeurIllisible("Valeur chiffrée illisible : clé absente ou contenu altéré") from erreur


def renouveler(jeton: str) -> str:
    """Encrypt a short text again with the newest key. Raises ValeurIllisible."""
    return renouveler_octets(jeton.encode()).decode("ascii")


def empreinte(valeur: str, usage: str) -> str:
    """HMAC-SHA-256 (hex) with a key kept outside the database; `usage` separates the indexes."""
    cle = f"{settings.JALON_CLE_EMPREINTES}\x1f{usage}".encode()
    return hmac.new(cle, valeur.encode(), hashlib.sha256).hexdigest()
