"""A refused line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejet:
    """File or sheet, number of the line there, and the end of the sentence that says why."""

    fichier: str
    ligne: int
    raison: str
