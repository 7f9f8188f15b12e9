"""Kinds of e-mail, declared by the app that owns them, rendered when they are sent."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Destinataire:
    """An address, and the person behind it when there is an account."""

    adresse: str
    personne_id: UUID | None = None


def cle_d_envoi(le: datetime) -> str:
    """Key of a message that may be sent several times about the same thing, once per act."""
    return f"{le:%Y%m%dT%H%M%S%f}"


class Message(ABC):
    """One kind of e-mail. It holds a sentence and a link, never personal data.

    `gabarit` is the path of both templates without extension (« dossiers/courriels/accuse »); they extend
    `courriels/base.txt` and `courriels/base.html` (block `corps`, or inside it `phrase`, `lien`, `suite`).
    """

    genre: ClassVar[str]
    gabarit: ClassVar[str]
    version: ClassVar[int] = 1

    @classmethod
    @abstractmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        """Read the object; None when it no longer exists."""

    @abstractmethod
    def sujet(self) -> str:
        """Subject line, without personal data."""

    @abstractmethod
    def contexte(self) -> Mapping[str, object]:
        """What the template shows."""

    def entetes(self) -> Mapping[str, str]:
        """Headers of its own, such as the address where one stops receiving it."""
        return {}

    def autorise(self) -> bool:
        """Whether the recipient is still entitled, at the moment of sending."""
        return True


_GENRES: dict[str, type[Message]] = {}


def declarer(*classes: type[Message]) -> None:
    """Register kinds of message (called from AppConfig.ready). Raises ValueError when a name is taken by another."""
    for classe in classes:
        if _GENRES.setdefault(classe.genre, classe) is not classe:
            raise ValueError(f"courriel déclaré deux fois : {classe.genre}")


def genre(nom: str) -> type[Message]:
    """The class declared under that name. Raises LookupError."""
    if nom not in _GENRES:
        raise LookupError(f"courriel non déclaré : {nom}")
    return _GENRES[nom]


def genres() -> Mapping[str, type[Message]]:
    """Every declared kind."""
    return dict(_GENRES)
