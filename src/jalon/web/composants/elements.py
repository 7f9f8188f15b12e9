"""What list-like components are given. Any object with the same attributes will do; these name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Puce:
    """An active filter and the address of the list without it (`<c-puces>`)."""

    libelle: str
    url: str


@dataclass(frozen=True, slots=True)
class Etape:
    """A step of a file (`<c-suivi>`). `etat`: « fait », « courant » or empty."""

    titre: str
    detail: str = ""
    etat: str = ""


@dataclass(frozen=True, slots=True)
class Evenement:
    """A line of a history (`<c-chronologie>`), newest first."""

    le: datetime
    titre: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MessageAffiche:
    """A message of a thread (`<c-messages>`), oldest first."""

    auteur: str
    le: datetime
    corps: str
    de_moi: bool = False


@dataclass(frozen=True, slots=True)
class PieceAffichee:
    """A line of a list of documents (`<c-pieces>`). `etat`: « ok », « attente », « manque » or « refus »."""

    titre: str
    detail: str
    etat: str
    url: str = ""
    action: str = ""
    suite: str = ""
    apercu: str = ""


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A section of a form (`<c-etapes>`). `etat`: « ok », « partiel », « erreur » or empty."""

    titre: str
    detail: str
    url: str
    etat: str = ""
    courante: bool = False


@dataclass(frozen=True, slots=True)
class LigneMontant:
    """A line of an estimate (`<c-estimation>`)."""

    libelle: str
    montant: Decimal
    total: bool = False


@dataclass(frozen=True, slots=True)
class TacheAffichee:
    """A thing to do (`<c-taches>`). `ton`: empty, « warn » or « bad »."""

    titre: str
    detail: str
    url: str
    action: str
    suite: str = ""
    icone: str = "list-checks"
    ton: str = ""
    echeance: date | None = None
    retard: str = ""


@dataclass(frozen=True, slots=True)
class GroupeDeTaches:
    """En retard, Cette semaine, Plus tard."""

    titre: str
    taches: Sequence[TacheAffichee]
    en_retard: bool = False
