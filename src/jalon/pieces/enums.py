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


class EtatApercu(StrEnum):
    """EN_COURS: asked, the worker draws it. IMPOSSIBLE: the document cannot be drawn within the bounds."""

    EN_COURS = "en_cours"
    PRET = "pret"
    IMPOSSIBLE = "impossible"


PAGES_AU_PLUS = 10
"""Pages of a preview at most; `inspection.apercu`, which imports nothing of ours, holds the same bound."""
