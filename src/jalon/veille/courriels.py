"""E-mails about cuts and alerts. A sentence and a link; the reason stays in the portal."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.socle.horloge import maintenant
from jalon.veille.enums import LIBELLES_ALERTES, Cible, GenreAlerte
from jalon.veille.models import Alerte, Coupure
from jalon.veille.requetes.alertes import veilleurs

_DOSSIER = "veille/courriels"


class _SurUneCoupure(Message):
    """About a cut."""

    def __init__(self, coupure: Coupure, destinataire: Destinataire) -> None:
        self.coupure = coupure
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        coupure = Coupure.objects.filter(pk=objet_id).first()
        return cls(coupure, destinataire) if coupure is not None else None

    def contexte(self) -> Mapping[str, object]:
        return {
            "libelle": self.coupure.libelle,
            "organisation": self.coupure.cible == Cible.ORGANISATION,
            "cle": self.coupure.cible == Cible.CLE,
            "chemin": "/accueil/",
        }

    @property
    def sur_la_personne(self) -> bool:
        """Whether the recipient is the person whose account it is."""
        return self.coupure.personne_id is not None and self.coupure.personne_id == self.destinataire.personne_id


class MonAccesCoupe(_SurUneCoupure):
    """To the person whose account is cut."""

    genre = "veille.mon_acces_coupe"
    gabarit = f"{_DOSSIER}/mon_acces_coupe"

    def sujet(self) -> str:
        return "Votre accès est suspendu"

    def autorise(self) -> bool:
        return self.coupure.active and self.sur_la_personne


class CoupureAnnoncee(_SurUneCoupure):
    """To the administrators of the organisations concerned, and to those of the OPCO."""

    genre = "veille.coupure_annoncee"
    gabarit = f"{_DOSSIER}/coupure_annoncee"

    def sujet(self) -> str:
        return "Un accès a été coupé par l’OPCO"

    def autorise(self) -> bool:
        return self.coupure.active


class AccesRetabli(_SurUneCoupure):
    """To everybody who was told of the cut."""

    genre = "veille.acces_retabli"
    gabarit = f"{_DOSSIER}/acces_retabli"

    def sujet(self) -> str:
        return "Un accès est rétabli"

    def autorise(self) -> bool:
        return not self.coupure.active


class AlerteLevee(Message):
    """To the administrators of the OPCO."""

    genre = "veille.alerte"
    gabarit = f"{_DOSSIER}/alerte"

    def __init__(self, alerte: Alerte, destinataire: Destinataire) -> None:
        self.alerte = alerte
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        alerte = Alerte.objects.filter(pk=objet_id).first()
        return cls(alerte, destinataire) if alerte is not None else None

    def sujet(self) -> str:
        return f"Alerte\u00a0: {LIBELLES_ALERTES[GenreAlerte(self.alerte.genre)].lower()}"

    def contexte(self) -> Mapping[str, object]:
        return {"libelle": LIBELLES_ALERTES[GenreAlerte(self.alerte.genre)], "chemin": "/opco/veille/"}

    def autorise(self) -> bool:
        return self.destinataire.personne_id in {p.pk for p in veilleurs(maintenant())}


MESSAGES: tuple[type[Message], ...] = (MonAccesCoupe, CoupureAnnoncee, AccesRetabli, AlerteLevee)
