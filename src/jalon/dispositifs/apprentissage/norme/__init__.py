"""The contract as the inter-OPCO norm writes it: `{"cerfa": {…}}` (regles.md §3.2)."""

from jalon.dispositifs.apprentissage.norme.estimation import EstimationImpossible, estimer_norme
from jalon.dispositifs.apprentissage.norme.lecture import (
    PROPRIETE_ILLISIBLE,
    PROPRIETE_INCONNUE,
    LectureNorme,
    NormeIllisible,
    controler_norme,
    lire_norme,
)

__all__ = [
    "PROPRIETE_ILLISIBLE",
    "PROPRIETE_INCONNUE",
    "EstimationImpossible",
    "LectureNorme",
    "NormeIllisible",
    "controler_norme",
    "estimer_norme",
    "lire_norme",
]
