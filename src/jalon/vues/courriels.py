"""The digest of tasks: figures and a link. What it says, and whether it is sent at all, is read again when it leaves."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings

from jalon.courriers.messages import Destinataire, Message
from jalon.socle.horloge import maintenant
from jalon.vues.enums import Rythme
from jalon.vues.models import Recapitulatif
from jalon.vues.requetes.recapitulatifs import ContenuRecapitulatif, contenu_de, jeton_d_arret, rythme_de


class RecapitulatifDesTaches(Message):
    """How many tasks wait, place by place."""

    genre = "vues.recapitulatif"
    gabarit: ClassVar[str] = "vues/courriels/recapitulatif"

    def __init__(self, recapitulatif: Recapitulatif) -> None:
        self.recapitulatif = recapitulatif

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        trouve = Recapitulatif.objects.filter(pk=objet_id).select_related("personne").first()
        return cls(trouve) if trouve is not None and trouve.personne_id == destinataire.personne_id else None

    @cached_property
    def contenu(self) -> ContenuRecapitulatif:
        """Read once, with the rights of now."""
        return contenu_de(self.recapitulatif.personne, maintenant())

    def sujet(self) -> str:
        nombre = self.contenu.total
        return f"{nombre} tâche{'s' if nombre > 1 else ''} à faire"

    def contexte(self) -> Mapping[str, object]:
        return {
            "contenu": self.contenu,
            "chemin": "/accueil/",
            "arret": self._arret(),
        }

    def entetes(self) -> Mapping[str, str]:
        """Where one stops receiving it (RFC 2369); the page asks one confirmation, since mail scanners follow links."""
        return {"List-Unsubscribe": f"<{settings.JALON_URL}{self._arret()}>"}

    def _arret(self) -> str:
        return f"/courriels/taches/{jeton_d_arret(self.recapitulatif.personne_id)}/"

    def autorise(self) -> bool:
        """Whether she still wants it, still has an account, and something still waits."""
        personne = self.recapitulatif.personne
        ouvert = personne.is_active and personne.suspendue_le is None
        return ouvert and rythme_de(personne.pk) != Rythme.JAMAIS and not self.contenu.vide


MESSAGES: tuple[type[Message], ...] = (RecapitulatifDesTaches,)
