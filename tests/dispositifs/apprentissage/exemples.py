"""A contract of two years, its pay and its money, and small changes to them."""

from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.apprentissage.financement import DonneesFinancement, EstimationContrat, estimer
from jalon.dispositifs.apprentissage.remuneration import DonneesRemuneration, PeriodeMinimale, periodes_minimales
from jalon.referentiels.paquet_alternance import jeu_alternance

JEU = jeu_alternance()
DEBUT, FIN, CONCLUSION = date(2026, 9, 1), date(2028, 8, 31), date(2026, 8, 20)


def jour(texte: str) -> date:
    """« 01/09/2026 »."""
    jour_, mois, annee = map(int, texte.split("/"))
    return date(annee, mois, jour_)


def paie(**changements: Any) -> DonneesRemuneration:
    """An apprentice of 20 who stays between 18 and 20 for nearly a year: 21 on 15/07/2027."""
    base: dict[str, Any] = {"naissance": date(2006, 7, 15), "debut": DEBUT, "fin": FIN, "conclusion": CONCLUSION}
    return DonneesRemuneration(**(base | changements))


def periodes(**changements: Any) -> tuple[PeriodeMinimale, ...]:
    """The periods of that apprentice."""
    return periodes_minimales(paie(**changements), JEU)


def contrat(**changements: Any) -> DonneesFinancement:
    """Level 6, 8 000 € a year."""
    base: dict[str, Any] = {"debut": DEBUT, "fin": FIN, "conclusion": CONCLUSION, "niveau": 6, "npec": Decimal(8000)}
    return DonneesFinancement(**(base | changements))


def estimation(**changements: Any) -> EstimationContrat:
    """The estimate of that contract."""
    return estimer(contrat(**changements), JEU)


def montants(estimee: EstimationContrat) -> list[str]:
    """Payments net of the participation, in order of date."""
    return [str(echeance.montant) for echeance in estimee.echeances]


def ouvertures(estimee: EstimationContrat) -> list[str]:
    """« E1 01/09/2026 40 »."""
    return [f"{e.codification} {e.date_ouverture:%d/%m/%Y} {e.part}" for e in estimee.echeances]
