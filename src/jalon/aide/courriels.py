"""E-mails of the contact form: its author may have no account, so the answer is in the message."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.aide.models import ReponseTicket, Ticket
from jalon.courriers.messages import Destinataire, Message


class AccuseTicket(Message):
    """We received it. What was written is not sent back: the address is not verified."""

    genre = "aide.accuse"
    gabarit = "aide/courriels/accuse"

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        del destinataire
        ticket = Ticket.objects.tous("accusé de réception de ce message").filter(id=objet_id).first()
        return cls(ticket) if ticket is not None else None

    def sujet(self) -> str:
        return f"Nous avons reçu votre message n°\u00a0{self.ticket.numero}"

    def contexte(self) -> Mapping[str, object]:
        return {"numero": self.ticket.numero, "chemin": "/contact/"}


class ReponseEnvoyee(Message):
    """Our answer."""

    genre = "aide.reponse"
    gabarit = "aide/courriels/reponse"

    def __init__(self, reponse: ReponseTicket) -> None:
        self.reponse = reponse

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        del destinataire
        reponse = ReponseTicket.objects.filter(id=objet_id).select_related("ticket").first()
        return cls(reponse) if reponse is not None else None

    def sujet(self) -> str:
        return f"Réponse à votre message n°\u00a0{self.reponse.ticket.numero}"

    def contexte(self) -> Mapping[str, object]:
        return {"numero": self.reponse.ticket.numero, "texte_reponse": self.reponse.corps, "chemin": "/contact/"}


MESSAGES: tuple[type[Message], ...] = (AccuseTicket, ReponseEnvoyee)
