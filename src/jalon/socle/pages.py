"""Pages by key of a list read by the ORM: newest first or last, ties settled by the identifier, nothing lost nor repeated."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

Repere = tuple[date | datetime, UUID]


@dataclass(frozen=True, slots=True)
class PageDeLignes:
    """Up to a page of rows, and the cursors of the pages around; an empty cursor: no such page."""

    lignes: list[Any]
    suivant: str = ""
    precedent: str = ""


def paginer(cotes: Iterable[QuerySet[Any]], champ: str, *, descendant: bool, curseur: str, par_page: int) -> PageDeLignes:
    """A page of the union of these queries, in the order of a date that is never absent. One query for each: each walks its own index."""
    apres, arriere = lire_curseur(curseur)
    montant = descendant is arriere
    signe = "gt" if montant else "lt"
    ordre = (champ, "id") if montant else (f"-{champ}", "-id")
    lues: dict[UUID, Any] = {}
    for lignes in cotes:
        suite = lignes
        if apres is not None:
            suite = suite.filter(Q(**{f"{champ}__{signe}": apres[0]}) | Q(**{champ: apres[0], f"pk__{signe}": apres[1]}))
        lues |= {ligne.pk: ligne for ligne in suite.order_by(*ordre)[: par_page + 1]}
    rangees = sorted(lues.values(), key=attrgetter(champ, "pk"), reverse=not montant)
    encore, rangees = len(rangees) > par_page, rangees[:par_page]
    if arriere:
        rangees.reverse()
    if not rangees:
        return PageDeLignes([])
    avant, apres_elles = (encore, True) if arriere else (apres is not None, encore)
    return PageDeLignes(
        rangees,
        suivant=ecrire_curseur(getattr(rangees[-1], champ), rangees[-1].pk) if apres_elles else "",
        precedent=ecrire_curseur(getattr(rangees[0], champ), rangees[0].pk, arriere=True) if avant else "",
    )


def ecrire_curseur(le: date, cle: UUID, *, arriere: bool = False) -> str:
    """The place after that row, or before it, as an opaque word."""
    texte = f"{'<' if arriere else '>'}{le.isoformat()} {cle.hex}"
    return base64.urlsafe_b64encode(texte.encode()).decode().rstrip("=")


def lire_curseur(curseur: str) -> tuple[Repere | None, bool]:
    """The place of a cursor, and whether the page before it is asked; the first page when it cannot be read."""
    try:
        texte = base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)).decode()
        le, _, cle = texte[1:].partition(" ")
        repere: date | datetime = date.fromisoformat(le) if len(le) == len("2026-11-28") else datetime.fromisoformat(le)
        return (repere, UUID(cle)), texte[0] == "<"
    except (ValueError, IndexError, binascii.Error):
        return None, False
