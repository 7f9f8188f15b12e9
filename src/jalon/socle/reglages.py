"""What the OPCO sets for a dispositif, beside its barème."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DecisionAutomatique(StrEnum):
    """What the OPCO lets the portal do of a request that passes every check: nothing, propose the grant, or grant it."""

    AUCUNE = "aucune"
    PROPOSEE = "proposee"
    PRISE = "prise"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionDepot:
    """Actions that begin between two days may be sent until `depot_au`, whatever the usual delay."""

    code: str
    dispositif: str
    debut_du: date
    debut_au: date
    depot_au: date
    motif: str
