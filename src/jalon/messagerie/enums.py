"""Sides of a thread, and where model answers serve."""

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


class Usage(StrEnum):
    """Where a model answer is proposed to an adviser."""

    MESSAGE = "message"
    COMPLEMENT = "complement"
    REFUS = "refus"


LIBELLES_USAGES = {
    Usage.MESSAGE: "Un message",
    Usage.COMPLEMENT: "Une demande de complément",
    Usage.REFUS: "Un refus",
}
