"""What fills an empty box once another one is typed: a register, and what it says there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Repertoire(StrEnum):
    """A public register by the number that finds something in it, or that number itself."""

    SIRENE = "sirene"
    ORGANISMES = "organismes"
    UAI = "uai"
    UAI_DU_SIRET = "uai-du-siret"
    RNCP = "rncp"
    CODE_DIPLOME = "code-diplome"
    NIR = "nir"

    @property
    def nom(self) -> str:
        """Its name with its article: it ends « Rempli d’après … »."""
        return NOMS[self]


ANNUAIRE = "l’annuaire des UAI"
NOMS = {
    Repertoire.SIRENE: "le registre Sirene",
    Repertoire.ORGANISMES: "la liste publique des organismes de formation",
    Repertoire.UAI: ANNUAIRE,
    Repertoire.UAI_DU_SIRET: ANNUAIRE,
    Repertoire.RNCP: "le répertoire des certifications (RNCP)",
    Repertoire.CODE_DIPLOME: "le code du diplôme",
    Repertoire.NIR: "le NIR",
}


@dataclass(frozen=True, slots=True)
class Apport:
    """What a register says for a box, of the answer to `cle`, another box of the same section.

    `lire`: attribute of what the register gives, or what makes a text of it; an empty text fills nothing. `ecrit`: False for
    what is only told beside the empty box, because it does not answer it whole.
    """

    repertoire: Repertoire
    cle: str
    lire: str | Callable[[Any], str]
    ecrit: bool = True

    def texte(self, fiche: object) -> str:
        """What is written in the box, or told beside it."""
        return str(getattr(fiche, self.lire)) if isinstance(self.lire, str) else self.lire(fiche)


def du_siret(lire: str | Callable[[Any], str]) -> Apport:
    """What the register of establishments says of the SIRET typed in the section."""
    return Apport(Repertoire.SIRENE, "siret", lire)
