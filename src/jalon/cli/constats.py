"""What `jalon verifier` says of one point: a sign, a subject, a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import connection


class Verdict(StrEnum):
    """Sign printed before a line."""

    BON = "✓"
    ATTENTION = "!"
    MAUVAIS = "✗"


COULEURS = {Verdict.BON: "green", Verdict.ATTENTION: "yellow", Verdict.MAUVAIS: "red"}


@dataclass(frozen=True, slots=True)
class Constat:
    """One line."""

    verdict: Verdict
    sujet: str
    phrase: str


def juger(sujet: str, bon: bool, si_bon: str, sinon: str, *, grave: bool = True, excuse_en_demo: bool = False) -> Constat:
    """A point that is as it should, or not; `excuse_en_demo`: red outside the demonstration only."""
    if bon:
        return Constat(Verdict.BON, sujet, si_bon)
    rouge = grave and not (excuse_en_demo and settings.JALON_DEMO)
    return Constat(Verdict.MAUVAIS if rouge else Verdict.ATTENTION, sujet, sinon)


def lire(requete: str) -> tuple[object, ...]:
    """The only row of a query of ours."""
    with connection.cursor() as curseur:
        curseur.execute(requete)
        ligne: tuple[object, ...] = curseur.fetchone()
        return ligne
