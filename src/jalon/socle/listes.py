"""A list, declared once: its columns serve the table, the sort, the quick access and the export; its filters are its URL.

The app that owns the rows declares it in `AppConfig.ready()`; pages, saved views and exports know this module only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jalon.socle.acteurs import Acteur, Domaine, Pouvoir

Valeur = str | int | Decimal | date | datetime | None
COMPTE_AU_PLUS = 10_000


class Genre(StrEnum):
    """What a cell holds; a spreadsheet keeps the type."""

    TEXTE = "texte"
    ENTIER = "entier"
    MONTANT = "montant"
    JOUR = "jour"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """One column. `valeur`: what a row shows that day; `champs`: the fields that it reads, asked in the same query as the rows;
    `tri`: whether the list can be put in its order; `d_office`: shown until somebody chooses. No column ever
    holds a NIR or an IBAN.
    """

    code: str
    libelle: str
    valeur: Callable[[Any, date], Valeur]
    champs: tuple[str, ...] = ()
    genre: Genre = Genre.TEXTE
    tri: bool = False
    d_office: bool = True


@dataclass(frozen=True, slots=True)
class Lecture:
    """A URL, read. `filtre` belongs to the list; `refus`: a sentence for each parameter that means nothing, or nothing any more."""

    filtre: Any
    refus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compte:
    """Exact up to 10,000; beyond, `plafonne`."""

    nombre: int
    plafonne: bool = False

    @property
    def texte(self) -> str:
        """« 1 248 », « plus de 10 000 »."""
        return "plus de 10\u00a0000" if self.plafonne else f"{self.nombre:,}".replace(",", "\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Liste:
    """One list. `lire(parametres, jour)` reads the filters, the columns and the sort of a URL; `compter` and `lignes` take the actor,
    the SIREN of the space (None: all of hers, or the OPCO's) and what was read. `lignes` streams: it never holds the list. `pouvoir`: the list is of
    the OPCO alone, for who holds it; its address then holds no SIREN.

    Both judge the rights of the actor themselves, at each call.
    """

    code: str
    libelle: str
    nom_url: str
    domaines: tuple[Domaine, ...]
    colonnes: tuple[Colonne, ...]
    lire: Callable[[Mapping[str, str], date], Lecture]
    compter: Callable[[Acteur, str | None, Lecture, date], Compte]
    lignes: Callable[[Acteur, str | None, Lecture, date], Iterator[Any]]
    pouvoir: Pouvoir | None = None

    def est_a_l_opco(self, acteur: Acteur) -> bool:
        """Whether the OPCO shows it to the actor."""
        return bool(acteur.portefeuilles(self.pouvoir or Pouvoir.CONSULTER))

    def colonne(self, code: str) -> Colonne | None:
        """The column of that code."""
        return next((c for c in self.colonnes if c.code == code), None)

    def choisies(self, codes: str) -> tuple[Colonne, ...]:
        """The columns named « a,b,c », in that order; those shown until somebody chooses, if none is known."""
        nommees = tuple(c for code in codes.split(",") if (c := self.colonne(code)) is not None)
        return tuple(dict.fromkeys(nommees)) or tuple(c for c in self.colonnes if c.d_office)


_LISTES: dict[str, Liste] = {}


def declarer(liste: Liste) -> None:
    """Make it known. Raises LookupError when another one has its code."""
    if _LISTES.setdefault(liste.code, liste) is not liste:
        raise LookupError(f"liste déclarée deux fois : {liste.code}")


def liste(code: str) -> Liste | None:
    """The list of that code."""
    return _LISTES.get(code)


def listes() -> tuple[Liste, ...]:
    """All of them, as declared."""
    return tuple(_LISTES.values())
