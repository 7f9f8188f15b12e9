"""What the OPCO pays the CFA for a contract, year by year and part by part (Code du travail, R6332-25)."""

from jalon.dispositifs.apprentissage.financement.donnees import (
    AnneeFinancee,
    DonneesFinancement,
    EstimationContrat,
    FraisAnnexe,
    Rupture,
    Tranche,
)
from jalon.dispositifs.apprentissage.financement.estimation import estimer
from jalon.dispositifs.apprentissage.financement.impression import en_json
from jalon.dispositifs.apprentissage.financement.rupture import EffetRupture, Reprise, apres_avenant, reprendre, rompre

__all__ = [
    "AnneeFinancee",
    "DonneesFinancement",
    "EffetRupture",
    "EstimationContrat",
    "FraisAnnexe",
    "Reprise",
    "Rupture",
    "Tranche",
    "apres_avenant",
    "en_json",
    "estimer",
    "reprendre",
    "rompre",
]
