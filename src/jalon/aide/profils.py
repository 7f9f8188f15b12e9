"""What somebody says of her work to be shown what concerns her: branche and région. Packaged lists; no database."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from jalon.referentiels.paquet import conventions
from jalon.socle.erreurs import SaisiesRefusees

DONNEES = Path(__file__).with_name("donnees")
PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Region:
    """A région or a collectivity overseas (INSEE code), and its clock."""

    code: str
    nom: str
    fuseau: str


@dataclass(frozen=True, slots=True)
class Profil:
    """IDCC and INSEE code of the région; empty: not said, everything is shown."""

    branche: str = ""
    region: str = ""

    def __bool__(self) -> bool:
        return bool(self.branche or self.region)

    @property
    def fuseau(self) -> str:
        """The clock of the région; that of Paris when it is not said."""
        return REGIONS[self.region].fuseau if self.region else PARIS

    @property
    def libelle(self) -> str:
        """« Hôtels, cafés, restaurants (IDCC 1979), La Réunion »."""
        branche = f"{conventions()[self.branche].libelle} (IDCC\u00a0{self.branche})" if self.branche else ""
        return ", ".join(filter(None, [branche, REGIONS[self.region].nom if self.region else ""]))


def lire_donnees(fichier: str) -> list[dict[str, str]]:
    """Rows of a packaged file of this app."""
    return list(csv.DictReader((DONNEES / fichier).read_text(encoding="utf-8").splitlines(), delimiter=";"))


REGIONS: Mapping[str, Region] = {ligne["code"]: Region(**ligne) for ligne in lire_donnees("regions.csv")}


@cache
def branches(opco: str) -> Mapping[str, str]:
    """IDCC -> name, of that OPCO; every agreement when the settings name none that the table knows."""
    siennes = {code: fiche.libelle for code, fiche in conventions().items() if fiche.opco == opco}
    return siennes if opco and siennes else {code: fiche.libelle for code, fiche in conventions().items()}


def lire_profil(*, branche: str, region: str) -> Profil:
    """Read both choices, each of which may be empty. Raises SaisiesRefusees."""
    champs = {}
    if branche and branche not in conventions():
        champs["branche"] = "Choisissez une branche de cette liste"
    if region and region not in REGIONS:
        champs["region"] = "Choisissez une région de cette liste"
    if champs:
        raise SaisiesRefusees(champs)
    return Profil(branche, region)


class Cible(Protocol):
    """What is written for some branches or régions; empty: for all of them."""

    @property
    def branches(self) -> tuple[str, ...]:
        """IDCC codes."""

    @property
    def regions(self) -> tuple[str, ...]:
        """INSEE codes."""


C = TypeVar("C", bound=Cible)


def qui_concernent(cibles: Iterable[C], profil: Profil) -> list[C]:
    """Those for everybody, and those of the profile; what the profile does not say hides nothing."""
    return [
        c for c in cibles
        if (not c.branches or not profil.branche or profil.branche in c.branches)
        and (not c.regions or not profil.region or profil.region in c.regions)
    ]  # fmt: skip
