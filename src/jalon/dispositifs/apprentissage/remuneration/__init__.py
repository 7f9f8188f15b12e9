"""The least that an apprentice is paid: periods of the contract, their rate, and what it makes in euros.

Code du travail, D6222-26 to D6222-32, R6222-48, R6222-60.
"""

from jalon.dispositifs.apprentissage.remuneration.donnees import (
    DonneesRemuneration,
    MinimumMensuel,
    PeriodeMinimale,
    Prolongation,
)
from jalon.dispositifs.apprentissage.remuneration.minimum import minimum_mensuel, minimums_de_la_periode
from jalon.dispositifs.apprentissage.remuneration.periodes import mois_acquis_du_cycle, periodes_minimales

__all__ = [
    "DonneesRemuneration",
    "MinimumMensuel",
    "PeriodeMinimale",
    "Prolongation",
    "minimum_mensuel",
    "minimums_de_la_periode",
    "mois_acquis_du_cycle",
    "periodes_minimales",
]
