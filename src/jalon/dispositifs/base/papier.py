"""What the paper form has beyond its boxes: who signs it, and the frame that the OPCO fills."""

from dataclasses import dataclass
from enum import StrEnum

from jalon.dispositifs.base.cases import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Signataire:
    """Who signs, or puts a visa. `qui`: « L’employeur »; `nom`: boxes (« section.champ ») that name her, in order of reading.

    `acte`: what she writes there; `precision`: a word under her name. `si`: she signs only where every condition holds.
    """

    qui: str
    nom: tuple[str, ...] = ()
    acte: str = "Signature"
    precision: str = ""
    si: tuple[Condition, ...] = ()
    source: str = ""


class Reserve(StrEnum):
    """What the portal knows of the frame that the OPCO fills; it is written there once the request is sent."""

    INCONNU = ""
    ORGANISME = "organisme"
    RECEPTION = "reception"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class CaseReservee:
    """A box of that frame."""

    libelle: str
    valeur: Reserve = Reserve.INCONNU
