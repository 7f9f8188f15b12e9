"""Opening a thread, writing in it, marking it read, saying who answers. The owner's action has judged the right to do so."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil, Lecture, Message, PieceJointe
from jalon.messagerie.regles import exiger_peu_de_pieces, lire_corps, premier_jour_de_relance
from jalon.messagerie.requetes import dernier_message
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import TransitionImpossible


def ouvrir_fil(*, maintenant: datetime) -> Fil:
    """A new, empty thread."""
    return Fil.objects.create(ouvert_le=maintenant)


def ajouter_message(
    *, fil_id: UUID, cote: Cote, corps: str, documents: Sequence[Document] = (), par: Acteur, maintenant: datetime
) -> Message:
    """Write in a thread; its author has read it so far, and an answer of the OPCO ends its reminders. Raises SaisieRefusee."""
    texte = lire_corps(corps)
    exiger_peu_de_pieces(len(documents))
    with transaction.atomic():
        message = Message(
            fil_id=fil_id, cote=cote, auteur_id=par.identite, auteur_libelle=par.libelle[:200], corps=texte, le=maintenant
        )
        message.save(force_insert=True)
        for rang, document in enumerate(documents):
            PieceJointe(message=message, document=document, rang=rang).save(force_insert=True)
        if cote == Cote.OPCO:
            Fil.objects.filter(pk=fil_id, relance_le__isnull=False).update(relance_le=None)
        marquer_lu(fil_id=fil_id, par=par, cote=cote, maintenant=maintenant)
    return message


def marquer_lu(*, fil_id: UUID, par: Acteur, cote: Cote | None = None, maintenant: datetime) -> None:
    """Note that the actor has read the thread until now; never goes back. The system reads nothing.

    `cote`: the side she reads for; the messages of the other one then say who read them first. None: her reading says nothing there.
    """
    if par.identite is None:
        return
    with transaction.atomic():
        Lecture.objects.get_or_create(fil_id=fil_id, lecteur_id=par.identite, defaults={"lu_jusqu_a": maintenant})
        Lecture.objects.filter(fil_id=fil_id, lecteur_id=par.identite, lu_jusqu_a__lt=maintenant).update(lu_jusqu_a=maintenant)
        if cote is not None:
            recus = Message.objects.de_fils([fil_id], "fil lu par son destinataire").exclude(cote=cote)
            recus.filter(lu_le__isnull=True).update(lu_le=maintenant, lu_par_nom=par.libelle[:200])


def confier_fil(*, fil_id: UUID, personne_id: UUID, nom: str, maintenant: datetime) -> Fil:
    """Say who answers for the OPCO."""
    fil = Fil.objects.get(pk=fil_id)
    fil.confie_a, fil.confie_a_nom, fil.confie_le = personne_id, nom[:200], maintenant
    fil.save(update_fields=["confie_a", "confie_a_nom", "confie_le"])
    return fil


def noter_relance(*, fil_id: UUID, cote: Cote, maintenant: datetime) -> None:
    """Remind the OPCO of a message without an answer, under the lock of the thread: two people recall once.

    Raises TransitionImpossible: nothing waits for an answer, or too early (says from which day).
    """
    with transaction.atomic():
        fil = Fil.objects.select_for_update().get(pk=fil_id)
        dernier = dernier_message(fil_id)
        if dernier is None or dernier.cote != cote:
            raise TransitionImpossible("L’OPCO a répondu à votre dernier message\u00a0: écrivez-lui si quelque chose manque.")
        relance_le = jour_de_paris(fil.relance_le) if fil.relance_le else None
        des_le = premier_jour_de_relance(jour_de_paris(dernier.le), relance_le)
        if jour_de_paris(maintenant) < des_le:
            raise TransitionImpossible(f"Vous pourrez relancer l’OPCO à partir du {formater_date(des_le)}.")
        fil.relance_le = maintenant
        fil.save(update_fields=["relance_le"])
