"""What a person was told, and what she wants to be told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jalon.comptes.models import Personne
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification, Preference, Recapitulatif
from jalon.notifications.regles import PARTOUT, Choix, canal_retenu
from jalon.socle.acteurs import Acteur, Droit, Niveau
from jalon.socle.erreurs import Introuvable

AU_PLUS = 99
"""Beyond, the bell says « 99+ »."""
PAR_PAGE = 50
NE_CONCERNE_PLUS = "Cette notification ne vous concerne plus\u00a0: vos droits ont changé depuis."


@dataclass(frozen=True, slots=True)
class NotificationMontree:
    """A notification and whether its reader may still know what it says."""

    notification: Notification
    lisible: bool

    @property
    def phrase(self) -> str:
        """Its sentence, or why it is not shown."""
        return self.notification.phrase if self.lisible else NE_CONCERNE_PLUS


def nombre_de_non_lues(acteur: Acteur) -> int:
    """For the bell: one query over a partial index, which stops past 99."""
    return int(Notification.objects.visibles_par(acteur).filter(lue_le__isnull=True)[: AU_PLUS + 1].count())


def lisible(acteur: Acteur, notification: Notification) -> bool:
    """Whether the actor may, now, read what it is about; what has no domain is about herself."""
    portee = notification.portee
    if portee.domaine is None:
        return True
    return acteur.peut(Droit(portee.domaine, Niveau(notification.niveau), notification.dispositif), portee)


def mes_notifications(
    acteur: Acteur, *, non_lues: bool = False, genre: Genre | None = None, page: int = 1
) -> tuple[list[NotificationMontree], bool]:
    """One page, newest first, and whether there is another. One query, besides the rights."""
    lignes: QuerySet[Notification] = Notification.objects.visibles_par(acteur)
    if non_lues:
        lignes = lignes.filter(lue_le__isnull=True)
    if genre is not None:
        lignes = lignes.filter(genre=genre)
    debut = (page - 1) * PAR_PAGE
    trouvees = list(lignes.order_by("-survenue_le", "-id")[debut : debut + PAR_PAGE + 1])
    return [NotificationMontree(n, lisible(acteur, n)) for n in trouvees[:PAR_PAGE]], len(trouvees) > PAR_PAGE


def notification_accessible(notification_id: UUID, acteur: Acteur) -> NotificationMontree:
    """One of hers. Raises Introuvable."""
    trouvee = Notification.objects.visibles_par(acteur).filter(pk=notification_id).first()
    if trouvee is None:
        raise Introuvable("Nous ne trouvons pas cette notification. Elles s’effacent au bout de 90 jours.")
    return NotificationMontree(trouvee, lisible(acteur, trouvee))


def choix_de(personne_id: UUID) -> Choix:
    """All that she chose."""
    return _choix([personne_id]).get(personne_id, {})


def choix_de_tous(personnes: Collection[UUID]) -> dict[UUID, dict[tuple[Genre, str], Canal]]:
    """The same for several people. One query."""
    return _choix(personnes)


def _choix(personnes: Collection[UUID]) -> dict[UUID, dict[tuple[Genre, str], Canal]]:
    trouves: dict[UUID, dict[tuple[Genre, str], Canal]] = {}
    for p in Preference.objects.filter(personne_id__in=list(personnes), genre__in=list(Genre)):
        trouves.setdefault(p.personne_id, {})[Genre(p.genre), p.lieu] = Canal(p.canal)
    return trouves


def canaux_du_lieu(personne_id: UUID, lieu: str) -> dict[Genre, Canal | None]:
    """What she chose in one place; everywhere, what holds. None: nothing of its own, as everywhere."""
    choix = choix_de(personne_id)
    if lieu == PARTOUT:
        return {genre: canal_retenu(choix, genre, PARTOUT) for genre in Genre}
    return {genre: choix.get((genre, lieu)) for genre in Genre}


def personnes_ouvertes(ids: Iterable[UUID]) -> dict[UUID, Personne]:
    """Those of these accounts that are neither closed nor cut."""
    return {p.pk: p for p in Personne.objects.filter(pk__in=list(ids), is_active=True, suspendue_le__isnull=True)}


def du_recapitulatif(recapitulatif: Recapitulatif, acteur: Acteur) -> list[Notification]:
    """What the mail of the day tells: what she may still read, still wants there, and has not read since."""
    choix = choix_de(recapitulatif.personne_id)
    lignes = Notification.objects.visibles_par(acteur).filter(recapitulatif=recapitulatif, lue_le__isnull=True)
    return [
        n
        for n in lignes.order_by("survenue_le", "id")
        if canal_retenu(choix, Genre(n.genre), n.lieu) in {Canal.RECAPITULATIF, Canal.IMMEDIAT} and lisible(acteur, n)
    ]


def a_recapituler() -> list[UUID]:
    """People for whom something waits for the mail of the day. One query."""
    lignes = Notification.objects.tous("à qui le courriel du jour est dû")
    dues = lignes.filter(canal=Canal.RECAPITULATIF, recapitulatif__isnull=True, lue_le__isnull=True)
    return list(dues.values_list("personne_id", flat=True).distinct().order_by("personne_id"))
