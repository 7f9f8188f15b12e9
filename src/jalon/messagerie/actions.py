"""Opening a thread, writing in it, marking it read. The owner's action has judged the right to do so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil, Lecture, Message
from jalon.messagerie.regles import lire_corps
from jalon.socle.acteurs import Acteur


def ouvrir_fil(*, maintenant: datetime) -> Fil:
    """A new, empty thread."""
    return Fil.objects.create(ouvert_le=maintenant)


def ajouter_message(*, fil_id: UUID, cote: Cote, corps: str, par: Acteur, maintenant: datetime) -> Message:
    """Write in a thread; its author has read it so far. Raises SaisieRefusee."""
    texte = lire_corps(corps)
    with transaction.atomic():
        message = Message(
            fil_id=fil_id, cote=cote, auteur_id=par.identite, auteur_libelle=par.libelle[:200], corps=texte, le=maintenant
        )
        message.save(force_insert=True)
        marquer_lu(fil_id=fil_id, par=par, maintenant=maintenant)
    return message


def marquer_lu(*, fil_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Note that the actor has read the thread until now; never goes back. The system reads nothing."""
    if par.identite is None:
        return
    with transaction.atomic():
        Lecture.objects.get_or_create(fil_id=fil_id, lecteur_id=par.identite, defaults={"lu_jusqu_a": maintenant})
        Lecture.objects.filter(fil_id=fil_id, lecteur_id=par.identite, lu_jusqu_a__lt=maintenant).update(lu_jusqu_a=maintenant)
