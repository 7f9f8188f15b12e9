"""Writing one line."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from jalon.journal.libelles import declares
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Portee


def noter(
    code: str,
    *,
    par: Acteur,
    portee: Portee,
    objet: models.Model | None,
    le: datetime,
    details: Mapping[str, object] | None = None,
) -> Evenement:
    """Append an event in the caller's transaction.

    Raises LookupError when no sentence was declared for the code: an event nobody can read is a mistake.
    """
    if code not in declares():
        raise LookupError(f"événement non déclaré : {code}")
    evenement = Evenement(
        le=le,
        code=code,
        acteur_id=par.identite,
        acteur_libelle=par.libelle,
        objet_type=objet._meta.label_lower if objet is not None else "",
        objet_id=str(objet.pk) if objet is not None else "",
        details=dict(details or {}),
    ).porter(portee)
    evenement.save(force_insert=True)
    return evenement
