"""Writes about agreements."""

from jalon.engagements.actions.accord import engager, rendre_le_budget
from jalon.engagements.actions.commun import TACHE_ACCORD
from jalon.engagements.actions.echeancier import EcheancierRepris, reprendre_echeancier
from jalon.engagements.actions.edition import produire_accord
from jalon.engagements.actions.transfert import suivre_le_dossier

__all__ = [
    "TACHE_ACCORD",
    "EcheancierRepris",
    "engager",
    "produire_accord",
    "rendre_le_budget",
    "reprendre_echeancier",
    "suivre_le_dossier",
]
