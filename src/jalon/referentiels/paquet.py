"""The packaged files: dated facts with their source, read without a database. They also seed the tables."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from jalon.socle.baremes import (
    FicheIdcc,
    GuichetSuspendu,
    JeuDeRegles,
    LigneBareme,
    PlafondAnnuel,
    ReglageDispositif,
    RegleModePaiement,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheVersion:
    """A published set of lines."""

    code: str
    dispositif: str
    libelle: str
    publiee_le: date
    source_url: str


def _convertir(texte: str, type_: Any) -> Any:
    """A cell as the type of its field; an empty cell of an optional field is None."""
    if isinstance(type_, UnionType):
        return None if not texte else _convertir(texte, next(t for t in get_args(type_) if t is not type(None)))
    if type_ is bool:
        return texte == "oui"
    if type_ is date:
        return date.fromisoformat(texte)
    if type_ is Decimal:
        return Decimal(texte)
    return type_(texte)


def lire_fiches(fichier: str, classe: type[T]) -> Iterator[T]:
    """Rows of a packaged file; columns are fields of the dataclass, a missing column takes the default."""
    types_ = get_type_hints(classe)
    texte = files("jalon.referentiels").joinpath("donnees", fichier).read_text(encoding="utf-8")
    for ligne in csv.DictReader(texte.splitlines(), delimiter=";"):
        yield classe(**{nom: _convertir(cellule, types_[nom]) for nom, cellule in ligne.items()})


def versions() -> list[FicheVersion]:
    """Published sets of lines."""
    return list(lire_fiches("versions.csv", FicheVersion))


@cache
def conventions() -> dict[str, FicheIdcc]:
    """The public table of collective agreements, by code."""
    return {fiche.code: fiche for fiche in lire_fiches("idcc.csv", FicheIdcc)}


@cache
def jeu_de_regles(dispositif: str) -> JeuDeRegles:
    """Every packaged rule of a dispositif."""

    def de(fichier: str, classe: type[T]) -> tuple[T, ...]:
        return tuple(f for f in lire_fiches(fichier, classe) if getattr(f, "dispositif", dispositif) == dispositif)

    return JeuDeRegles(
        lignes=de("lignes.csv", LigneBareme),
        plafonds=de("plafonds.csv", PlafondAnnuel),
        guichets=de("guichets.csv", GuichetSuspendu),
        modes=de("modes.csv", RegleModePaiement),
        reglages=de("reglages.csv", ReglageDispositif),
    )
