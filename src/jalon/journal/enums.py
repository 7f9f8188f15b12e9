"""What is worth a line in the register of revelations."""

from enum import StrEnum


class Sensible(StrEnum):
    """What was shown. NIR: any box declared sensitive."""

    NIR = "nir"
    IBAN = "iban"
    DOCUMENT = "document"
