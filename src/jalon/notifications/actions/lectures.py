"""What a person does with what she was told."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import oublier_courriels_de
from jalon.notifications.courriels import NotificationImmediate, NotificationsDuJour
from jalon.notifications.enums import Genre
from jalon.notifications.models import Notification, Recapitulatif
from jalon.notifications.regles import CONSERVATION
from jalon.notifications.requetes import NotificationMontree, notification_accessible
from jalon.socle.acteurs import Acteur

EFFACEES_A_LA_FOIS = 5_000


def marquer_lue(*, notification_id: UUID, par: Acteur, maintenant: datetime) -> NotificationMontree:
    """One of hers is read; the first time is kept. Raises Introuvable."""
    with transaction.atomic():
        montree = notification_accessible(notification_id, par)
        a_elle = Notification.objects.visibles_par(par).filter(pk=notification_id, lue_le__isnull=True)
        a_elle.update(lue_le=maintenant)
    return montree


def marquer_toutes_lues(*, par: Acteur, maintenant: datetime, genre: Genre | None = None) -> int:
    """All of hers, or those of one kind; gives how many were not."""
    a_elle = Notification.objects.visibles_par(par).filter(lue_le__isnull=True)
    if genre is not None:
        a_elle = a_elle.filter(genre=genre)
    return int(a_elle.update(lue_le=maintenant))


def oublier_notifications(*, maintenant: datetime, age: timedelta = CONSERVATION) -> int:
    """Delete what was told more than ninety days ago, with its e-mails; a batch is one transaction."""
    nombre = 0
    anciennes = Notification.objects.tous("effacement au terme de la conservation").filter(creee_le__lt=maintenant - age)
    while ids := list(anciennes.values_list("pk", flat=True)[:EFFACEES_A_LA_FOIS]):
        with transaction.atomic():
            oublier_courriels_de(objets={NotificationImmediate: ids})
            anciennes.filter(pk__in=ids).delete()
        nombre += len(ids)
    passes = Recapitulatif.objects.filter(prepare_le__lt=maintenant - age)
    with transaction.atomic():
        oublier_courriels_de(objets={NotificationsDuJour: list(passes.values_list("pk", flat=True))})
        passes.delete()
    return nombre
