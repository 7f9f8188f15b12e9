"""Reading the journal."""

from dataclasses import dataclass
from datetime import (
    date,
    datetime,
)

from django.db import models
from django.db.models import Q, QuerySet

from jalon.journal.enums import Sensible
from jalon.journal.libelles import (
    phrase,
)
from jalon.journal.models import (
    DES_ACCES,
    Evenement,
    Revelation,
)
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import debut_du_jour, fin_du_jour


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreRevelations:
    """What is looked for in the register: part of a name, of an object or of a reason, or a SIREN; a kind; days (Paris)."""

    texte: str = ""
    sensible: Sensible | None = None
    du: date | None = None
    au: date | None = None


def revelations(acteur: Acteur, filtre: FiltreRevelations, limite: int = 100) -> list[Revelation]:
    """The last lines of the register that the actor may read, newest first."""
    lignes = Revelation.objects.visibles_par(acteur)
    if filtre.texte:
        mot = filtre.texte
        siren = "".join(mot.split())
        lignes = lignes.filter(
            Q(acteur_libelle__icontains=mot) | Q(objet_libelle__icontains=mot) | Q(motif__icontains=mot)
            | Q(siren=siren) | Q(prestataire_siren=siren)
        )  # fmt: skip
    if filtre.sensible:
        lignes = lignes.filter(sensible=filtre.sensible)
    if filtre.du:
        lignes = lignes.filter(le__gte=debut_du_jour(filtre.du))
    if filtre.au:
        lignes = lignes.filter(le__lt=fin_du_jour(filtre.au))
    return list(lignes.order_by("-le", "-id")[:limite])


def revelee_depuis(*, par: Acteur, objet: models.Model, motif: str, depuis: datetime) -> bool:
    """Whether the register says that the actor was shown that object, for that reason, since an instant."""
    lignes = Revelation.objects.tous("une personne relit ses propres lignes du registre")
    return lignes.filter(acteur_id=par.identite, le__gte=depuis, objet_id=str(objet.pk), motif=motif).exists()
