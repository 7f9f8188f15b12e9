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
DateNaissance = Annotated[date, formats.DATE_NAISSANCE]
TexteLong = Annotated[str, formats.TEXTE_LONG]
Montant = Annotated[Decimal, formats.MONTANT]
Heures = Annotated[Decimal, formats.HEURES]
Jours = Annotated[Decimal, formats.JOURS]

__all__ = [
    "Certification",
    "Choix",
    "CodePostal",
    "Courriel",
    "DateNaissance",
    "Format",
    "Heures",
    "Idcc",
    "Jours",
    "ListeDeChoix",
    "Montant",
    "Nda",
    "Nir",
    "NomPropre",
    "Siren",
    "Siret",
    "Telephone",
    "TexteLong",
    "liste",
]
