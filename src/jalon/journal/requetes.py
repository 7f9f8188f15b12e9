"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from jalon.journal.libelles import phrase
from jalon.journal.models import DES_ACCES, Evenement
from jalon.socle.acteurs import Acteur


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


def journal_des_acces(acteur: Acteur, siren: str, limite: int = 200, filtre: Q = Q()) -> list[Ligne]:  # noqa: B008
    """Who may act for an organisation, company or provider, and what was done with its account: the events that the actor
    may read, newest first. What happens to a request is told by the request.
    """
    siens = Evenement.objects.visibles_par(acteur).filter(Q(siren=siren) | Q(prestataire_siren=siren))
    return en_lignes(siens.filter(filtre, domaine__in=DES_ACCES).order_by("-le", "-id")[:limite])
