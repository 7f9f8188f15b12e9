"""What rules count in the earlier requests of the same company: the dispositif reads the documents, the rooms above find them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Personne = tuple[str, str, date]
"""Birth name, first name, day of birth."""


@dataclass(frozen=True, slots=True)
class DocumentConnu:
    """The document of a request of the same dispositif, sent before; `lire` gives a sensitive box in clear."""

    contenu: Mapping[str, Any]
    lire: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Historique:
    """How a dispositif counts.

    `du_niveau(nir, documents)`: those concluded with that person; `cases_du_niveau(niveau)`: « section.champ » -> answers, which
    one at least a document of that level of diploma gives. `suivis(maître, du, au, documents)`: how many people somebody follows
    on one of these days.
    """

    cases_du_niveau: Callable[[int], Mapping[str, list[str]]]
    du_niveau: Callable[[str, Iterable[DocumentConnu]], int]
    suivis: Callable[[Personne, date, date, Iterable[DocumentConnu]], int]
