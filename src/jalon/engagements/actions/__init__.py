"""Writes about agreements."""

from jalon.engagements.actions.accord import engager, rendre_le_budget
from jalon.engagements.actions.commun import TACHE_ACCORD
from jalon.engagements.actions.echeancier import EcheancierRepris, reprendre_echeancier
from jalon.engagements.actions.edition import produire_accord

__all__ = ["TACHE_ACCORD", "EcheancierRepris", "engager", "produire_accord", "rendre_le_budget", "reprendre_echeancier"]
