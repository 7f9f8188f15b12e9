"""Reading the new lines of the journal: each that is declared is told once, whatever is killed and however many workers read.

Ids are made in the order of time, but a transaction may commit late: what is less than LATENCE before the cursor is looked at
again, and what was told there is remembered one by one. The lock of the cursor lets one worker read; a batch is one transaction.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalon.journal.chaine import LATENCE
from jalon.journal.models import Evenement
from jalon.notifications.actions.envoi import notifier
from jalon.notifications.annonces import annonce, codes_annonces
from jalon.notifications.models import ORIGINE_DU_JOURNAL, Curseur, EvenementLu
from jalon.notifications.regles import CONSERVATION

LOT = 100
LOTS_AU_PLUS = 200
"""Of one run: what is left waits for the next minute."""
BITS_APRES_L_INSTANT = 80
"""A UUIDv7 begins with 48 bits of milliseconds (RFC 9562, 5.7)."""
traces = logging.getLogger("jalon.notifications")


def lire_le_journal(*, maintenant: datetime) -> int:
    """Tell what was written since the last time; gives how many events were read. Nothing while another worker reads.

    An event that cannot be told is left for the next run, is said in the logs, and holds back no other.
    """
    lus, echecs = 0, set[UUID]()
    for _ in range(LOTS_AU_PLUS):
        nombre, rates = _lire_un_lot(maintenant, echecs)
        lus += nombre
        echecs |= rates
        if nombre + len(rates) < LOT:
            break
    return lus


def _lire_un_lot(maintenant: datetime, sauf: set[UUID]) -> tuple[int, set[UUID]]:
    with transaction.atomic():
        curseur = _prendre_le_curseur()
        if curseur is None:
            return 0, set()
        journal = Evenement.objects.tous("le journal, lu pour annoncer à chacun ce qu’il peut voir")
        plancher = _plancher(curseur.jusqu_a)
        # Read before the events: what commits meanwhile is younger, or inside the window that is looked at again.
        dernier = journal.filter(pk__gt=plancher).order_by("-pk").values_list("pk", flat=True).first()
        lot = list(_non_lus(journal, plancher).exclude(pk__in=sauf).order_by("pk")[:LOT])
        rates = {e.pk for e in lot if not _annoncer(e, maintenant)}
        EvenementLu.objects.bulk_create(EvenementLu(evenement_id=e.pk) for e in lot if e.pk not in rates)
        fin = lot[-1].pk if len(lot) == LOT else dernier
        curseur.jusqu_a = min([fin or curseur.jusqu_a, *rates, *sauf])
        curseur.save(update_fields=["jusqu_a"])
        EvenementLu.objects.filter(pk__lte=_plancher(curseur.jusqu_a)).delete()
    return len(lot) - len(rates), rates


def _prendre_le_curseur() -> Curseur | None:
    Curseur.objects.get_or_create(pk=1, defaults={"jusqu_a": ORIGINE_DU_JOURNAL})
    return Curseur.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _plancher(jusqu_a: UUID) -> UUID:
    """The smallest id that could be made LATENCE before that one."""
    millisecondes = (jusqu_a.int >> BITS_APRES_L_INSTANT) - int(LATENCE.total_seconds() * 1000)
    return UUID(int=max(0, millisecondes) << BITS_APRES_L_INSTANT)


def _non_lus(journal: QuerySet[Evenement], plancher: UUID) -> QuerySet[Evenement]:
    lus = EvenementLu.objects.filter(pk__gt=plancher).values("pk")
    return journal.filter(pk__gt=plancher, code__in=codes_annonces()).exclude(pk__in=lus)


def _annoncer(evenement: Evenement, maintenant: datetime) -> bool:
    """Whether it is done with: told, or with nobody to tell."""
    declaree = annonce(evenement.code)
    if declaree is None or declaree.lire is None or evenement.le < maintenant - CONSERVATION:
        return True
    try:
        with transaction.atomic():
            sujet = declaree.lire(evenement, maintenant)
            if sujet is not None:
                notifier(
                    origine=evenement.pk,
                    annonce=declaree,
                    sujet=sujet,
                    survenue_le=evenement.le,
                    maintenant=maintenant,
                    sauf=evenement.acteur_id,
                )
    except Exception:  # noqa: BLE001 - whatever an app above raises, the other events are told
        traces.exception("événement %s (%s) : il sera annoncé au prochain passage", evenement.pk, evenement.code)
        return False
    return True
