"""Reading a thread that the caller reached by its owner's door, and the model answers that she may take up."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from jalon.messagerie.enums import Cote, Usage
from jalon.messagerie.models import Fil, Lecture, Message, ModeleReponse, PieceJointe
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable


def messages_du_fil(fil_id: UUID) -> list[Message]:
    """Every message, oldest first."""
    return list(Message.objects.de_fils([fil_id], "fil déjà obtenu par son propriétaire").order_by("le", "id"))


def dernier_message(fil_id: UUID) -> Message | None:
    """The last one written."""
    return Message.objects.de_fils([fil_id], "fil déjà obtenu par son propriétaire").order_by("le", "id").last()


def jointes_du_fil(fil_id: UUID) -> dict[UUID, list[PieceJointe]]:
    """The documents of a thread, by message, each with its `document`. One query."""
    par_message: dict[UUID, list[PieceJointe]] = {}
    for jointe in PieceJointe.objects.de_fils([fil_id], "fil déjà obtenu par son propriétaire"):
        par_message.setdefault(jointe.message_id, []).append(jointe)
    return par_message


def jointe_des_fils(fil_ids: Iterable[UUID], jointe_id: UUID) -> PieceJointe:
    """One document of these threads. Raises Introuvable."""
    trouvee = PieceJointe.objects.de_fils(fil_ids, "fils déjà obtenus par leur propriétaire").filter(pk=jointe_id).first()
    if trouvee is None:
        raise Introuvable("Nous ne trouvons pas cette pièce jointe.")
    return trouvee


def modeles_de(acteur: Acteur, usage: Usage | None = None) -> list[ModeleReponse]:
    """The model answers that the actor may take up (for one use), by title."""
    visibles = ModeleReponse.objects.visibles_par(acteur)
    return list((visibles.filter(usages__contains=[usage.value]) if usage else visibles).order_by("titre", "id"))


def modele_accessible(modele_id: UUID, acteur: Acteur, *, verrou: bool = False) -> ModeleReponse:
    """One model answer. Raises Introuvable."""
    visibles = ModeleReponse.objects.visibles_par(acteur).filter(pk=modele_id)
    modele: ModeleReponse | None = (visibles.select_for_update() if verrou else visibles).first()
    if modele is None:
        raise Introuvable("Nous ne trouvons pas ce modèle de réponse.")
    return modele


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
