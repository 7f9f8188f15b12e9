"""The agenda, and what somebody registered sees more."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from jalon.aide.models import InscriptionWebinaire, Webinaire
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable

ARCHIVES_AU_PLUS = 50


def a_venir(maintenant: datetime) -> list[Webinaire]:
    """Those that have not begun nor been cancelled, the nearest first."""
    return list(Webinaire.objects.filter(debut__gt=maintenant, annule_le=None).order_by("debut", "id"))


def passes(maintenant: datetime) -> list[Webinaire]:
    """The last ones that took place, the newest first."""
    return list(Webinaire.objects.filter(debut__lte=maintenant, annule_le=None).order_by("-debut", "-id")[:ARCHIVES_AU_PLUS])


def webinaire(webinaire_id: UUID) -> Webinaire:
    """One of the agenda. Raises Introuvable."""
    trouve = Webinaire.objects.filter(pk=webinaire_id).first()
    if trouve is None:
        raise Introuvable("Nous ne trouvons pas ce webinaire.")
    return trouve


def places_prises(webinaires: list[Webinaire]) -> dict[UUID, int]:
    """Webinar -> people registered, in one query."""
    lignes = InscriptionWebinaire.objects.filter(webinaire__in=webinaires).values_list("webinaire_id").annotate(Count("id"))
    return dict(lignes)


def mes_inscriptions(personne_id: UUID | None) -> set[UUID]:
    """Webinars where that person has a place; none for a visitor."""
    if personne_id is None:
        return set()
    return set(InscriptionWebinaire.objects.filter(personne_id=personne_id).values_list("webinaire_id", flat=True))


def programme(acteur: Acteur) -> QuerySet[Webinaire]:
    """Every webinar, cancelled ones too, for who plans them. Raises DroitManquant."""
    acteur.exiger_pouvoir(Pouvoir.REPONDRE_TICKETS, None)
    return Webinaire.objects.order_by("-debut", "-id")[:ARCHIVES_AU_PLUS]
