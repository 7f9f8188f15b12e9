"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import QuerySet

from jalon.journal.libelles import phrase
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Domaine


@dataclass(frozen=True, slots=True)
class Ligne:
    """One event as it is shown."""

    le: datetime
    phrase: str
    code: str
    acteur: str
    details: dict[str, object]


def en_lignes(evenements: QuerySet[Evenement]) -> list[Ligne]:
    """Events with their sentences."""
    return [Ligne(e.le, phrase(e.code, e.acteur_libelle, e.details), e.code, e.acteur_libelle, e.details) for e in evenements]


def chronologie(objet: models.Model, limite: int = 200) -> list[Ligne]:
    """History of one object, newest first. The caller holds the object by its own door."""
    evenements = Evenement.objects.tous("histoire d’un objet déjà obtenu par sa porte")
    du_meme = evenements.filter(objet_id=str(objet.pk), objet_type=objet._meta.label_lower)
    return en_lignes(du_meme.order_by("-le", "-id")[:limite])


def journal_visible(acteur: Acteur, siren: str, domaine: Domaine, limite: int = 200) -> list[Ligne]:
    """Events of one company, in one domain, that the actor may read, newest first."""
    visibles = Evenement.objects.visibles_par(acteur).filter(siren=siren, domaine=domaine)
    return en_lignes(visibles.order_by("-le", "-id")[:limite])
