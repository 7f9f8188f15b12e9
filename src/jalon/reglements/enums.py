"""States of a batch of transfers."""

from enum import StrEnum


class EtatLot(StrEnum):
    """SIGNE: the file for the bank exists, once and for all. ABANDONNE: its invoices can be paid by another batch."""

    PREPARE = "prepare"
    SIGNE = "signe"
    EXECUTE = "execute"
    ABANDONNE = "abandonne"


LIBELLES_ETATS: dict[str, str] = {
    EtatLot.PREPARE: "Préparé",
    EtatLot.SIGNE: "Signé",
    EtatLot.EXECUTE: "Exécuté",
    EtatLot.ABANDONNE: "Abandonné",
}
