"""E-mails about webinars: the link to join is on the page, never in a message."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.aide.models import InscriptionWebinaire
from jalon.courriers.messages import Destinataire, Message


class _AuxInscrits(Message):
    """To somebody registered: nothing leaves for who withdrew meanwhile."""

    annule = False

    def __init__(self, inscription: InscriptionWebinaire) -> None:
        self.inscription = inscription

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        del destinataire
        inscription = InscriptionWebinaire.objects.filter(pk=objet_id).select_related("webinaire").first()
        return cls(inscription) if inscription is not None else None

    def autorise(self) -> bool:
        return (self.inscription.webinaire.annule_le is not None) is self.annule

    def contexte(self) -> Mapping[str, object]:
        webinaire = self.inscription.webinaire
        return {"titre": webinaire.titre, "quand": webinaire.quand, "chemin": f"/aide/webinaires/{webinaire.pk}/"}


class InscriptionConfirmee(_AuxInscrits):
    """A place is kept."""

    genre = "aide.inscription_webinaire"
    gabarit = "aide/courriels/inscription"

    def sujet(self) -> str:
        return "Votre inscription au webinaire est enregistrée"


class RappelDeWebinaire(_AuxInscrits):
    """The day before."""

    genre = "aide.rappel_webinaire"
    gabarit = "aide/courriels/rappel"

    def sujet(self) -> str:
        return "Votre webinaire a lieu demain"


class WebinaireDeplace(_AuxInscrits):
    """It moved."""

    genre = "aide.webinaire_deplace"
    gabarit = "aide/courriels/deplace"

    def sujet(self) -> str:
        return "Votre webinaire change de date ou d’heure"


class WebinaireAnnule(_AuxInscrits):
    """It will not take place."""

    genre = "aide.webinaire_annule"
    gabarit = "aide/courriels/annule"
    annule = True

    def sujet(self) -> str:
        return "Votre webinaire est annulé"


MESSAGES_DES_WEBINAIRES: tuple[type[Message], ...] = (InscriptionConfirmee, RappelDeWebinaire, WebinaireDeplace, WebinaireAnnule)
