"""States of an avenant."""

from enum import StrEnum


class EtatAvenant(StrEnum):
    """Where an avenant stands."""

    BROUILLON = "brouillon"
    TRANSMIS = "transmis"
    ACCEPTE = "accepte"
    REFUSE = "refuse"
    ABANDONNE = "abandonne"


LIBELLES_ETATS: dict[str, str] = {
    EtatAvenant.BROUILLON: "En préparation",
    EtatAvenant.TRANSMIS: "Transmis",
    EtatAvenant.ACCEPTE: "Accepté",
    EtatAvenant.REFUSE: "Refusé",
    EtatAvenant.ABANDONNE: "Abandonné",
}
EN_COURS = (EtatAvenant.BROUILLON.value, EtatAvenant.TRANSMIS.value)
"""One at a time on a contract: the next one starts from what the OPCO decided."""
