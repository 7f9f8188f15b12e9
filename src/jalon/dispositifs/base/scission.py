"""Sharing a request between several, when it has more people than one may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scission:
    """`section`: the repeated one whose rows are shared. `communs`: boxes (« section.champ ») that hold an amount or a number for all
    of the people together, shared as they are."""

    section: str
    communs: tuple[str, ...] = ()
