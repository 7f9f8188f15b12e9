"""E-mails of notifications: sentences without personal data, and links. Rights, wishes and what was read since are judged again when
they leave."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire, Message
from jalon.notifications.acteurs import acteur_de
from jalon.notifications.arret import chemin_d_arret
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification, Recapitulatif
from jalon.notifications.regles import canal_retenu
from jalon.notifications.requetes import choix_de, du_recapitulatif, lisible
from jalon.socle.horloge import maintenant


class CourrielDeNotification(Message):
    """To one person, who may stop it by its link."""

    personne: Personne

    def entetes(self) -> Mapping[str, str]:
        """Where one stops receiving it (RFC 2369)."""
        return {"List-Unsubscribe": f"<{settings.JALON_URL}{chemin_d_arret(self.personne.pk)}>"}


class NotificationImmediate(CourrielDeNotification):
    """One thing, at once."""

    genre = "notifications.immediate"
    gabarit: ClassVar[str] = "notifications/courriels/immediate"

    def __init__(self, notification: Notification) -> None:
        self.notification = notification
        self.personne = notification.personne

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        lignes = Notification.objects.tous("courriel de cette notification").select_related("personne")
        trouvee = lignes.filter(pk=objet_id, personne_id=destinataire.personne_id).first()
        return cls(trouvee) if trouvee is not None else None

    def sujet(self) -> str:
        return self.notification.phrase.rstrip(".")

    def contexte(self) -> Mapping[str, object]:
        return {
            "notification": self.notification.phrase,
            "chemin": f"/mes/notifications/{self.notification.pk}/",
            "arret": chemin_d_arret(self.personne.pk),
        }

    def autorise(self) -> bool:
        """Whether she has not read it yet, still wants it at once, and may still see it."""
        acteur = acteur_de(self.personne.pk, maintenant())
        ligne = self.notification
        voulu = canal_retenu(choix_de(self.personne.pk), Genre(ligne.genre), ligne.lieu)
        attend = ligne.lue_le is None and voulu is Canal.IMMEDIAT and self.personne.is_active
        return attend and acteur is not None and lisible(acteur, ligne)


class NotificationsDuJour(CourrielDeNotification):
    """What was told since the last mail."""

    genre = "notifications.du_jour"
    gabarit: ClassVar[str] = "notifications/courriels/du_jour"

    def __init__(self, recapitulatif: Recapitulatif) -> None:
        self.recapitulatif = recapitulatif
        self.personne = recapitulatif.personne

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        trouve = Recapitulatif.objects.filter(pk=objet_id).select_related("personne").first()
        return cls(trouve) if trouve is not None and trouve.personne_id == destinataire.personne_id else None

    @cached_property
    def notifications(self) -> list[Notification]:
        """Read once, with the rights and the wishes of now."""
        acteur = acteur_de(self.personne.pk, maintenant()) if self.personne.is_active else None
        return du_recapitulatif(self.recapitulatif, acteur) if acteur is not None else []

    def sujet(self) -> str:
        nombre = len(self.notifications)
        return f"{nombre} notification{'s' if nombre > 1 else ''} dans votre espace"

    def contexte(self) -> Mapping[str, object]:
        return {
            "notifications": self.notifications,
            "chemin": "/mes/notifications/",
            "arret": chemin_d_arret(self.personne.pk),
        }

    def autorise(self) -> bool:
        """Whether something is left to tell."""
        return bool(self.notifications)


MESSAGES: tuple[type[Message], ...] = (NotificationImmediate, NotificationsDuJour)
