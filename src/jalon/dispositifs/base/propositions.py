"""Rows that the portal can type itself in a repeated section, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneProposee:
    """`valeurs`: answers by box, as they are typed. `resume` and `details` say them to people, `raison` and `source` why."""

    valeurs: Mapping[str, str]
    resume: str
    raison: str
    source: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """The rows, and what must be known before they are taken. `attend`: a box to fill; nothing can be said yet."""

    lignes: tuple[LigneProposee, ...] = ()
    reserves: tuple[str, ...] = ()
    attend: str = ""
