"""Judging how much somebody reads. Pure."""

from dataclasses import dataclass
from enum import IntEnum

MULTIPLE_DE_L_HABITUDE = 5
SECONDES_DE_PAUSE = 5
MINUTES_D_ACCES_EXCEPTIONNEL = 60
ESSAIS_D_ACCES_EXCEPTIONNEL = 10


@dataclass(frozen=True, slots=True)
class Budget:
    """What one kind of reader may read in a day.

    `personnes`: people read in the requests opened, granted whatever the past; `plafond`: at most, however much is usual;
    `lignes`: rows of lists, which name no employee.
    """

    personnes: int
    plafond: int
    lignes: int


class Verdict(IntEnum):
    """What becomes of the answer, the worst last."""

    PASSER = 0
    PATIENTER = 1
    REFUSER = 2
    COUPER = 3


@dataclass(frozen=True, slots=True)
class Compte:
    """What was read today, this answer included; `habitude`: people read on an ordinary day."""

    personnes: int
    lignes: int
    habitude: int


def limite_de_personnes(budget: Budget, habitude: int) -> int:
    """Five times the ordinary day, never less than the budget, never more than its ceiling (exigences, S5)."""
    return min(max(budget.personnes, MULTIPLE_DE_L_HABITUDE * habitude), budget.plafond)


def depasse(compte: Compte, budget: Budget) -> bool:
    """Whether today is beyond what that reader may read."""
    return compte.personnes > limite_de_personnes(budget, compte.habitude) or compte.lignes > budget.lignes


def juger(*, en_pause: bool, compte: Compte | None, budget: Budget, organisation: bool) -> Verdict:
    """An account beyond its budget is cut; beyond that of its organisation, the answer is refused. None: nothing new was read."""
    if en_pause:
        return Verdict.PATIENTER
    if compte is None or not depasse(compte, budget):
        return Verdict.PASSER
    return Verdict.REFUSER if organisation else Verdict.COUPER
