"""Moving the clock of the demonstration: the shift is in the database, read by every process."""

from datetime import timedelta

from django.db import transaction

from jalon.demo.models import Decalage


def decalage() -> timedelta:
    """The present shift."""
    return Decalage.objects.filter(id=Decalage.UNIQUE).values_list("duree", flat=True).first() or timedelta()


def avancer(duree: timedelta) -> timedelta:
    """Add to the shift; returns the new one."""
    with transaction.atomic():
        ligne, _ = Decalage.objects.select_for_update().get_or_create(id=Decalage.UNIQUE)
        total: timedelta = ligne.duree + duree
        ligne.duree = total
        ligne.save(update_fields=["duree"])
    return total
