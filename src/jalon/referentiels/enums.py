"""Where a rule was written; the official files that we import."""

from enum import StrEnum


class Origine(StrEnum):
    """`PAQUET`: shipped with the software; `OPCO`: written by the OPCO, never overwritten by a new version of it."""

    PAQUET = "paquet"
    OPCO = "opco"


class ReferentielOfficiel(StrEnum):
    """Each is imported by `jalon importer <value> FICHIER`."""

    NPEC = "npec"
    RNCP = "rncp"
    UAI = "uai"
    ORGANISMES = "organismes"
    SIRO = "siro"

    @property
    def libelle(self) -> str:
        """What people call it."""
        return _LIBELLES[self]

    @property
    def cumulatif(self) -> bool:
        """Whether a file completes those imported before it, instead of replacing them."""
        return self in {ReferentielOfficiel.NPEC, ReferentielOfficiel.UAI}


_LIBELLES = {
    ReferentielOfficiel.NPEC: "Niveaux de prise en charge (NPEC)",
    ReferentielOfficiel.RNCP: "Certifications (RNCP et RS)",
    ReferentielOfficiel.UAI: "Répertoire des UAI",
    ReferentielOfficiel.ORGANISMES: "Organismes de formation",
    ReferentielOfficiel.SIRO: "Table SIRET-OPCO",
}
