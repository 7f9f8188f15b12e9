"""Keeping and deleting what we typeset."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction

from jalon.editions.composition import VERSIONS
from jalon.editions.models import Edition
from jalon.editions.requetes import COFFRE, edition_de
from jalon.socle import coffre

ESPACE = UUID("6d1c5f0e-3f0a-5a57-9c0e-0d6f0b8a5e21")
AGE_ORPHELIN = timedelta(days=1)


def cle_de(genre: str, objet_id: UUID) -> UUID:
    """Key of the content: always the same, so that a job repeated after a kill writes over what it left."""
    return uuid5(ESPACE, f"{genre}:{objet_id}")


def enregistrer_edition(
    *, genre: str, objet_id: UUID, titre: str, octets: bytes, maintenant: datetime, gabarit: str = ""
) -> Edition:
    """Keep a PDF, encrypted: temporary file, fsync, rename, then the row. The first content of a (genre, object) stays.

    Takes part in the caller's transaction: the row, and a lock on (genre, object) until its end, come and go with it.
    Nothing is readable before the commit; a content left by a kill is written over, or deleted after a day.
    """
    cle = cle_de(genre, objet_id)
    with transaction.atomic():
        _verrouiller(cle)
        deja = edition_de(genre, objet_id)
        if deja is not None:
            return deja
        coffre.ranger(COFFRE, str(cle), octets)
        edition = Edition(
            genre=genre,
            objet_id=objet_id,
            cle=cle,
            titre=titre,
            gabarit_version=f"{gabarit}/{VERSIONS[gabarit]}" if gabarit else "",
            taille=len(octets),
            sha256=hashlib.sha256(octets).hexdigest(),
            produite_le=maintenant,
        )
        edition.save(force_insert=True)
    return edition


def retirer_orphelines() -> None:
    """Delete the contents without a row, a day old: a job killed before its commit and never repeated."""
    coffre.retirer_provisoires(COFFRE, AGE_ORPHELIN)
    for cle in coffre.cles_anciennes(COFFRE, AGE_ORPHELIN):
        _retirer_sans_ligne(UUID(cle))


def _retirer_sans_ligne(cle: UUID) -> None:
    """Delete a content unless a row came (again) meanwhile."""
    with transaction.atomic():
        _verrouiller(cle)
        if not Edition.objects.de_cles([cle], "recherche d’un contenu sans ligne").exists():
            coffre.retirer(COFFRE, str(cle))


def _verrouiller(cle: UUID) -> None:
    """One writer at a time for a key, until the end of the transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(cle.bytes[:8], "big", signed=True)])
