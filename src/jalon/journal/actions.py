"""Writing one line."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from jalon.journal.enums import Sensible
from jalon.journal.libelles import details_attendus
from jalon.journal.models import Evenement, Revelation
from jalon.journal.traces import masquer, masquer_valeur
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

    What looks like a NIR, an IBAN or a code in the details is masked: the journal is read widely and never purged.
    Raises LookupError when no sentence was declared for the code, or when its sentence says what the details do not give: an event
    that nobody can read is a mistake.
    """
    manquants = details_attendus(code) - set(details or {})
    if manquants:
        raise LookupError(f"événement {code} : il manque {', '.join(sorted(manquants))}")
    evenement = Evenement(
        le=le,
        code=code,
        acteur_id=par.identite,
        acteur_libelle=par.libelle,
        objet_type=objet._meta.label_lower if objet is not None else "",
        objet_id=str(objet.pk) if objet is not None else "",
        details=masquer_valeur(dict(details or {})),
    ).porter(portee)
    evenement.save(force_insert=True)
    return evenement


def noter_revelation(
    *,
    sensible: Sensible,
    par: Acteur,
    portee: Portee,
    objet: models.Model,
    libelle: str,
    motif: str,
    le: datetime,
) -> None:
    """Append to the register that something sensitive is being shown, in the caller's transaction: no line, no value.

    `libelle` names the object, `motif` says why; what looks like a NIR or an IBAN is masked in both.
    """
    Revelation(
        le=le,
        sensible=sensible.value,
        acteur_id=par.identite,
        acteur_libelle=par.libelle[:200],
        objet_type=objet._meta.label_lower[:40],
        objet_id=str(objet.pk),
        objet_libelle=masquer(libelle)[:200],
        motif=masquer(motif)[:500],
    ).porter(portee).save(force_insert=True)
