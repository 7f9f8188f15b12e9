"""Kinds of cuts, of readers and of alerts."""

from enum import StrEnum


class Cible(StrEnum):
    """What a cut closes."""

    COMPTE = "compte"
    ORGANISATION = "organisation"
    CLE = "cle"


class Origine(StrEnum):
    """Who cut: a person of the OPCO, or the reading budget by itself."""

    OPCO = "opco"
    BUDGET = "budget"


class Lecteur(StrEnum):
    """Who reads: each kind has its own budget."""

    ENTREPRISE = "entreprise"
    CABINET = "cabinet"
    PRESTATAIRE = "prestataire"
    OPCO = "opco"
    CLE = "cle"


class GenreAlerte(StrEnum):
    """Why the administrators of the OPCO are called."""

    BUDGET_COMPTE = "budget_compte"
    BUDGET_ORGANISATION = "budget_organisation"
    PIEGE = "piege"
    ACCES_EXCEPTIONNEL = "acces_exceptionnel"
    CHAINE = "chaine"
    EXPORT_EN_MASSE = "export_en_masse"
    BUDGET_D_EXPORT = "budget_d_export"


LIBELLES_ALERTES = {
    GenreAlerte.BUDGET_COMPTE: "Lecture en masse",
    GenreAlerte.BUDGET_ORGANISATION: "Lecture en masse d’une organisation",
    GenreAlerte.PIEGE: "Dossier piège ouvert",
    GenreAlerte.ACCES_EXCEPTIONNEL: "Accès exceptionnel",
    GenreAlerte.CHAINE: "Registre des consultations altéré",
    GenreAlerte.EXPORT_EN_MASSE: "Export volumineux à l’OPCO",
    GenreAlerte.BUDGET_D_EXPORT: "Exports au-delà du budget du jour",
}
