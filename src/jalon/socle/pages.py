"""Pages by key of a list: in the order of one key, ties settled by the identifier, nothing lost nor repeated.

The cursor of a page is written and read here, for every list; `paginer` is for those that the ORM reads.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Collate

Cle = date | datetime | Decimal | str
Repere = tuple[Any, UUID]
OCTETS_PAR_NOMBRE = "C"
"""The collation in which a text is sorted, which Python also follows: two sides of a list are merged here."""
_MONTANT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")


def _instant(texte: str) -> datetime:
    lu = datetime.fromisoformat(texte)
    if lu.tzinfo is None:
        raise ValueError("instant sans fuseau")
    return lu


def _montant(texte: str) -> Decimal:
    if _MONTANT.fullmatch(texte) is None:
        raise ValueError("montant illisible")
    return Decimal(texte)


def _texte(texte: str) -> str:
    if "\0" in texte:
        raise ValueError("texte illisible")
    return texte


_LECTEURS: Mapping[type, Callable[[str], Cle]] = {date: date.fromisoformat, datetime: _instant, Decimal: _montant, str: _texte}


@dataclass(frozen=True, slots=True)
class PageDeLignes:
    """Up to a page of rows, and the cursors of the pages around; an empty cursor: no such page."""

    lignes: list[Any]
    suivant: str = ""
    precedent: str = ""


def paginer(cotes: Iterable[QuerySet[Any]], champ: str, *, descendant: bool, curseur: str, par_page: int) -> PageDeLignes:
    """A page of the union of these queries, in the order of a field that is never absent. One query for each: each walks its own
    index."""
    cotes = list(cotes)
    apres, arriere = lire_curseur(curseur, genre_du_champ(cotes[0].model, champ), champ) if cotes else (None, False)
    montant = descendant is arriere
    signe = "gt" if montant else "lt"
    lues: dict[UUID, Any] = {}
    for lignes in cotes:
        suite = lignes.alias(_cle=cle_de_tri(lignes.model, champ))
        if apres is not None:
            suite = suite.filter(Q(**{f"_cle__{signe}": apres[0]}) | Q(_cle=apres[0], **{f"pk__{signe}": apres[1]}))
        lues |= {
            ligne.pk: ligne for ligne in suite.order_by(*ordre_de(lignes.model, champ, descendant=not montant))[: par_page + 1]
        }
    rangees = sorted(lues.values(), key=attrgetter(champ, "pk"), reverse=not montant)
    encore, rangees = len(rangees) > par_page, rangees[:par_page]
    if arriere:
        rangees.reverse()
    if not rangees:
        return PageDeLignes([])
    suivant, precedent = autour(
        (getattr(rangees[0], champ), rangees[0].pk), (getattr(rangees[-1], champ), rangees[-1].pk),
        ordre=champ, encore=encore, arriere=arriere, debut=apres is None,
    )  # fmt: skip
    return PageDeLignes(rangees, suivant, precedent)


def autour(
    premiere: Repere, derniere: Repere, *, ordre: str, encore: bool, arriere: bool, debut: bool
) -> tuple[str, str]:  # fmt: skip
    """Cursors of the page after and of the page before. `encore`: rows are left in the sense that was walked; `debut`: the walk
    began with the first row of the list."""
    avant, apres = (encore, True) if arriere else (not debut, encore)
    return (
        ecrire_curseur(*derniere, ordre=ordre) if apres else "",
        ecrire_curseur(*premiere, ordre=ordre, arriere=True) if avant else "",
    )


def genre_du_champ(modele: type[models.Model], champ: str) -> type:
    """What the values of a field are."""
    declare = modele._meta.get_field(champ)
    if isinstance(declare, models.DateTimeField):
        return datetime
    if isinstance(declare, models.DateField):
        return date
    return Decimal if isinstance(declare, models.DecimalField) else str


def cle_de_tri(modele: type[models.Model], champ: str) -> F | Collate:
    """The field, as its index sorts it: a text, by its code points."""
    return Collate(champ, OCTETS_PAR_NOMBRE) if genre_du_champ(modele, champ) is str else F(champ)


def ordre_de(modele: type[models.Model], champ: str, *, descendant: bool) -> list[Any]:
    """What `order_by` takes."""
    cles = [cle_de_tri(modele, champ), F("pk")]
    return [cle.desc() if descendant else cle.asc() for cle in cles]


def ecrire_curseur(cle: Cle, identifiant: UUID, *, arriere: bool = False, ordre: str = "") -> str:
    """The place after that row, or before it, in that order, as an opaque word."""
    valeur = cle.isoformat() if isinstance(cle, date) else str(cle)
    texte = f"{'<' if arriere else '>'}{identifiant.hex}{ordre} {valeur}"
    return base64.urlsafe_b64encode(texte.encode()).decode().rstrip("=")


def lire_curseur(curseur: str, genre: type, ordre: str = "") -> tuple[Repere | None, bool]:
    """The place of a cursor of that order, and whether the page before it is asked; the first page when it cannot be read, or is
    of another order. `genre`: what its key is."""
    try:
        texte = base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)).decode()
        de, _, valeur = texte[33:].partition(" ")
        if de != ordre:
            return None, False
        return (_LECTEURS[genre](valeur), UUID(hex=texte[1:33])), texte[0] == "<"
    except (ValueError, IndexError, binascii.Error):
        return None, False
