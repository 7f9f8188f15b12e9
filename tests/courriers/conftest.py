"""One kind of message whose fate is chosen by the test, and the folder of the default transport."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self
from uuid import UUID

import pytest
from pytest_django import Settings

from jalon.courriers import messages
from jalon.courriers.messages import Destinataire, Message


@dataclass
class AvisEssai(Message):
    """Known objects and entitled addresses are class attributes."""

    genre: ClassVar[str] = "essai.avis"
    gabarit: ClassVar[str] = "courriels/base"
    version: ClassVar[int] = 3
    connus: ClassVar[set[UUID]] = set()
    exclus: ClassVar[set[str]] = set()

    destinataire: Destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        return cls(destinataire) if objet_id in cls.connus else None

    def sujet(self) -> str:
        return "Un avis\nsur deux lignes"

    def contexte(self) -> Mapping[str, object]:
        return {"chemin": "/e/123456782/"}

    def autorise(self) -> bool:
        return self.destinataire.adresse not in self.exclus


@pytest.fixture
def avis() -> Iterator[type[AvisEssai]]:
    messages.declarer(AvisEssai)
    AvisEssai.connus, AvisEssai.exclus = set(), set()
    yield AvisEssai
    del messages._GENRES[AvisEssai.genre]


@pytest.fixture
def dossier(tmp_path: Path, settings: Settings) -> Path:
    settings.JALON_DOSSIER_COURRIELS = str(tmp_path / "courriels")
    settings.JALON_SMTP = ""
    return tmp_path / "courriels"
