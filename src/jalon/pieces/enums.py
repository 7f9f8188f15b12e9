"""Kinds of documents, their states, the reasons of a refusal."""

from enum import StrEnum


class TypeDocument(StrEnum):
    """What we accept; the value is the MIME type served."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


TYPES_PIECES = (TypeDocument.PDF, TypeDocument.JPEG, TypeDocument.PNG)


class EtatDocument(StrEnum):
    """EN_ATTENTE: the antivirus has not answered. CONTROLEE: structure checked, no antivirus. SAINE: both passed."""

    EN_ATTENTE = "en_attente"
    CONTROLEE = "controlee"
    SAINE = "saine"
    REFUSEE = "refusee"
