"""Where a rule was written."""

from enum import StrEnum


class Origine(StrEnum):
    """`PAQUET`: shipped with the software; `OPCO`: written by the OPCO, never overwritten by a new version of it."""

    PAQUET = "paquet"
    OPCO = "opco"
