"""What the official referentials say of one thing, as frozen structures that rules take without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheNpec:
    """Yearly level of funding of a certification in a branch, for contracts concluded from `applicable_du` on."""

    montant: Decimal
    source: str
    applicable_du: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheCertification:
    """A certification of the national register: `active_du` and `active_au` are the days of its registration, both included.

    `abrege`: its kind in the words of the export (« CAP », « BTS »); `cfd`: its code diplôme, when the export gives one.
    """

    code: str
    intitule: str
    niveau: str = ""
    abrege: str = ""
    cfd: str = ""
    active_du: date | None = None
    active_au: date | None = None
    remplacee_par: tuple[str, ...] = ()

    def active(self, jour: date) -> bool:
        """Whether it is registered that day."""
        return (self.active_du is None or self.active_du <= jour) and (self.active_au is None or jour <= self.active_au)


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheOrganisme:
    """A provider of the public list: its NDA, and whether Qualiopi covers apprenticeship."""

    siret: str
    denomination: str
    nda: str = ""
    qualiopi_apprentissage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheEcole:
    """A school of the directory: its UAI, and the SIRET that it is known by."""

    uai: str
    denomination: str
    siret: str = ""
    code_postal: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheRattachement:
    """The OPCO that an establishment belongs to, the one that manages it, and the agreements that it declares."""

    siret: str
    opco: str
    opco_gestion: str
    idccs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatReferentiel:
    """What is loaded of a referential: the day of its newest file, how many lines the last import read, and when."""

    libelle: str
    commande: str
    edition: date | None = None
    fichier: str = ""
    lus: int = 0
    importe_le: date | None = None
