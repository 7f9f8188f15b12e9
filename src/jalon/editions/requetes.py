"""Reading an edition that its owner has already handed out."""

import hashlib
from uuid import UUID

from jalon.editions.models import Edition
from jalon.socle import coffre

COFFRE = "editions"


class ContenuAltere(RuntimeError):
    """The content is not the one that was produced."""


def edition_de(genre: str, objet_id: UUID) -> Edition | None:
    """The edition of an object that the caller already holds; None while it is not produced."""
    return Edition.objects.de_objets(genre, [objet_id], "édition d’un objet déjà obtenu").first()


def lire_edition(edition: Edition) -> bytes:
    """The bytes, as produced. Raises ContenuAbsent (storage), ValeurIllisible or ContenuAltere."""
    octets = coffre.lire(COFFRE, str(edition.cle))
    if hashlib.sha256(octets).hexdigest() != edition.sha256:
        raise ContenuAltere(f"édition {edition.id} : empreinte différente")
    return octets
