"""Tickets as those who answer them see them; the profile of somebody."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.aide.enums import EtatTicket
from jalon.aide.models import ProfilAide, ReponseTicket, Ticket
from jalon.aide.profils import Profil
from jalon.socle.acteurs import Acteur, Tache
from jalon.socle.erreurs import Introuvable

ORDRE = ("recu_le", "id")


def ticket_accessible(ticket_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Ticket:
    """A ticket of the portefeuilles where the actor answers. Raises Introuvable."""
    tickets = Ticket.objects.visibles_par(acteur)
    ticket: Ticket | None = (tickets.select_for_update() if verrou else tickets).filter(id=ticket_id).first()
    if ticket is None:
        raise Introuvable("Nous ne trouvons pas ce message.")
    return ticket


def tickets_a_traiter(acteur: Acteur) -> QuerySet[Ticket]:
    """Tickets that wait for an answer, oldest first."""
    tickets: QuerySet[Ticket] = Ticket.objects.visibles_par(acteur).filter(etat=EtatTicket.OUVERT).order_by(*ORDRE)
    return tickets


def liste_tickets(acteur: Acteur, etat: EtatTicket | None = None, limite: int = 100) -> QuerySet[Ticket]:
    """Last tickets, newest first, in one state or all."""
    tickets: QuerySet[Ticket] = Ticket.objects.visibles_par(acteur)
    return (tickets.filter(etat=etat) if etat else tickets).order_by("-recu_le", "-id")[:limite]


def tickets_finis_avant(limite: datetime) -> QuerySet[Ticket]:
    """Closed before that instant, or left after an answer or a call that is older: what the job of retention erases."""
    recentes = ReponseTicket.objects.filter(ticket=OuterRef("pk"), le__gte=limite)
    finis: QuerySet[Ticket] = Ticket.objects.tous("conservation des messages du formulaire").filter(
        Q(etat=EtatTicket.CLOS, clos_le__lt=limite) | Q(~Exists(recentes), ~Q(rappele_le__gte=limite), etat=EtatTicket.REPONDU)
    )
    return finis


def reponses_de(ticket: Ticket) -> list[ReponseTicket]:
    """Answers to a ticket already obtained by its door, oldest first."""
    return list(ticket.reponses.order_by("le", "id"))


def a_faire(acteur: Acteur) -> list[Tache]:
    """One line for the tickets that wait."""
    nombre = tickets_a_traiter(acteur).count()
    if not nombre:
        return []
    return [
        Tache(
            titre="Répondre aux messages du formulaire de contact",
            detail=f"{nombre} en attente",
            action="Ouvrir",
            nom_url="opco_tickets",
            parametres=(),
            icone="message-square",
            rubrique="tickets",
        )
    ]


def profil_de(personne_id: UUID) -> Profil:
    """What she chose; empty when she chose nothing."""
    garde = ProfilAide.objects.filter(personne_id=personne_id).first()
    return Profil(garde.branche, garde.region) if garde is not None else Profil()
