"""Reading a thread that the caller reached by its owner's door."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil, Lecture, Message
from jalon.socle.acteurs import Acteur


def messages_du_fil(fil_id: UUID) -> list[Message]:
    """Every message, oldest first."""
    return list(Message.objects.de_fils([fil_id], "fil déjà obtenu par son propriétaire").order_by("le", "id"))


def non_lus(fil_ids: Iterable[UUID], lecteur: Acteur) -> dict[UUID, int]:
    """Messages of others that the actor has not read, by thread; threads without any are left out. One query."""
    if lecteur.identite is None:
        return {}
    lu_jusqu_a = Lecture.objects.filter(fil=OuterRef("pk"), lecteur_id=lecteur.identite).values("lu_jusqu_a")[:1]
    fils = Fil.objects.filter(pk__in=list(fil_ids)).annotate(lu=Subquery(lu_jusqu_a))
    recus = ~Q(messages__auteur_id=lecteur.identite) | Q(messages__auteur_id__isnull=True)
    attendus = Q(messages__isnull=False) & recus & (Q(lu__isnull=True) | Q(messages__le__gt=F("lu")))
    return {
        ligne["pk"]: ligne["nombre"]
        for ligne in fils.annotate(nombre=Count("messages", filter=attendus)).filter(nombre__gt=0).values("pk", "nombre")
    }


def fils_sans_reponse(fil_ids: Iterable[UUID], lecteur: Acteur, de: Cote) -> dict[UUID, Message]:
    """Threads whose last message comes from that side and was not read by the actor: thread -> that message. One query."""
    if lecteur.identite is None:
        return {}
    lu_jusqu_a = Lecture.objects.filter(fil=OuterRef("fil_id"), lecteur_id=lecteur.identite).values("lu_jusqu_a")[:1]
    derniers = (
        Message.objects.de_fils(fil_ids, "derniers messages de fils déjà obtenus par leur propriétaire")
        .annotate(lu=Subquery(lu_jusqu_a))
        .order_by("fil_id", "-le", "-id")
        .distinct("fil_id")
    )
    return {m.fil_id: m for m in derniers if m.cote == de and (m.lu is None or m.le > m.lu)}
