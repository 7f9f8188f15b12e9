"""Sides of a thread."""

from enum import StrEnum


class Cote(StrEnum):
    """The side a message was written from."""

    ENTREPRISE = "entreprise"
    OPCO = "opco"
    PRESTATAIRE = "prestataire"


LIBELLES_COTES = {
    Cote.ENTREPRISE: "Entreprise",
    Cote.OPCO: "OPCO",
    Cote.PRESTATAIRE: "Organisme de formation",
}
