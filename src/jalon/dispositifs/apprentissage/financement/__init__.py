"""What the OPCO pays the CFA for a contract, year by year and part by part (Code du travail, R6332-25)."""

from jalon.dispositifs.apprentissage.financement.donnees import (
    AnneeFinancee,
    DonneesFinancement,
    EcheanceContrat,
    EstimationContrat,
    Explication,
    FraisAnnexe,
    Rupture,
    Tranche,
)

__all__ = [
    "AnneeFinancee",
    "DonneesFinancement",
    "EcheanceContrat",
    "EstimationContrat",
    "Explication",
    "FraisAnnexe",
    "Rupture",
    "Tranche",
]
