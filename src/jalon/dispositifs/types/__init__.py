"""Types of boxes: what a declaration annotates its fields with."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from jalon.dispositifs.types import formats, identifiants
from jalon.dispositifs.types.choix import Choix, ListeDeChoix, liste
from jalon.dispositifs.types.formats import Format

NomPropre = Annotated[str, identifiants.NOM]
Siren = Annotated[str, identifiants.SIREN]
Siret = Annotated[str, identifiants.SIRET]
Nda = Annotated[str, identifiants.NDA]
Nir = Annotated[str, identifiants.NIR]
Idcc = Annotated[str, identifiants.IDCC]
CodePostal = Annotated[str, identifiants.CODE_POSTAL]
Courriel = Annotated[str, identifiants.COURRIEL]
Telephone = Annotated[str, identifiants.TELEPHONE]
Certification = Annotated[str, identifiants.CERTIFICATION]
Nsf = Annotated[str, identifiants.NSF]
Naf = Annotated[str, identifiants.NAF]
NumeroVoie = Annotated[str, identifiants.NUMERO_VOIE]
Departement = Annotated[str, identifiants.DEPARTEMENT]
CodeDiplome = Annotated[str, identifiants.CODE_DIPLOME]
Rncp = Annotated[str, identifiants.RNCP]
Uai = Annotated[str, identifiants.UAI]
NumeroDeca = Annotated[str, identifiants.NUMERO_DECA]
NirSansCle = Annotated[str, identifiants.NIR_SANS_CLE]
DateNaissance = Annotated[date, formats.DATE_NAISSANCE]
TexteLong = Annotated[str, formats.TEXTE_LONG]
Montant = Annotated[Decimal, formats.MONTANT]
Heures = Annotated[Decimal, formats.HEURES]
Jours = Annotated[Decimal, formats.JOURS]
Taux = Annotated[Decimal, formats.TAUX]

__all__ = [
    "Certification",
    "Choix",
    "CodeDiplome",
    "CodePostal",
    "Courriel",
    "DateNaissance",
    "Departement",
    "Format",
    "Heures",
    "Idcc",
    "Jours",
    "ListeDeChoix",
    "Montant",
    "Naf",
    "Nda",
    "Nir",
    "NirSansCle",
    "NomPropre",
    "Nsf",
    "NumeroDeca",
    "NumeroVoie",
    "Rncp",
    "Siren",
    "Siret",
    "Taux",
    "Telephone",
    "TexteLong",
    "Uai",
    "liste",
]
