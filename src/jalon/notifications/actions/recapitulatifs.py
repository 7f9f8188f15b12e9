"""The mail of the day: what was told since the last one, to who asked for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.notifications.courriels import NotificationsDuJour
from jalon.notifications.enums import Canal
from jalon.notifications.models import Notification, Recapitulatif
from jalon.notifications.requetes import a_recapituler
from jalon.socle.dates import jour_de_paris


def preparer_les_courriels_du_jour(*, maintenant: datetime) -> int:
    """Queue one mail for each person for whom something waits, once a day. One transaction each: killed, the job goes on where it
    was; what comes after the mail of the day goes into the next."""
    return sum(_preparer(personne_id, maintenant) for personne_id in a_recapituler())


def _preparer(personne_id: UUID, maintenant: datetime) -> bool:
    with transaction.atomic():
        personne = Personne.objects.select_for_update(of=("self",), no_key=True).get(pk=personne_id)
        recapitulatif, nouveau = Recapitulatif.objects.get_or_create(
            personne=personne, jour=jour_de_paris(maintenant), defaults={"prepare_le": maintenant}
        )
        if not nouveau:
            return False
        attendent = Notification.objects.tous("ce que dit le courriel du jour d’une personne").filter(
            personne=personne, canal=Canal.RECAPITULATIF, recapitulatif__isnull=True, lue_le__isnull=True
        )
        attendent.update(recapitulatif=recapitulatif)
        preparer(NotificationsDuJour, recapitulatif.pk, [Destinataire(personne.email, personne.pk)], le=maintenant)
    return True
