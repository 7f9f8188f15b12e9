"""E-mails about an account. Nothing in them lets anybody in."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.comptes.models import Appareil, Personne
from jalon.courriers.messages import Destinataire, Message
from jalon.socle.dates import PARIS


class NouvelAppareil(Message):
    """A browser signed in to the account for the first time (exigences, T17)."""

    genre = "comptes.nouvel_appareil"
    gabarit = "comptes/courriels/nouvel_appareil"

    def __init__(self, appareil: Appareil) -> None:
        self.appareil = appareil

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        appareil = Appareil.objects.filter(id=objet_id).first()
        sien = appareil is not None and appareil.personne_id == destinataire.personne_id
        return cls(appareil) if appareil is not None and sien else None

    def sujet(self) -> str:
        return "Connexion depuis un nouvel appareil"

    def contexte(self) -> Mapping[str, object]:
        le = self.appareil.premier_le.astimezone(PARIS)
        return {"le": f"{le:%d/%m/%Y à %H:%M}", "navigateur": self.appareil.navigateur, "chemin": "/compte/sessions/"}


class IdentiteChangee(Message):
    """A way of signing in was added or withdrawn."""

    genre = "comptes.identite_changee"
    gabarit = "comptes/courriels/identite_changee"

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        return cls() if Personne.objects.filter(id=objet_id, is_active=True).exists() and destinataire.adresse else None

    def sujet(self) -> str:
        return "Un moyen de connexion de votre compte a changé"

    def contexte(self) -> Mapping[str, object]:
        return {"chemin": "/compte/2fa/"}


MESSAGES: tuple[type[Message], ...] = (NouvelAppareil, IdentiteChangee)
