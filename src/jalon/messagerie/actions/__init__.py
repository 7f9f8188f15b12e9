"""Writes: threads, whose owner's action has judged the right to do so, and model answers."""

from jalon.messagerie.actions.fils import ajouter_message, confier_fil, marquer_lu, noter_relance, ouvrir_fil
from jalon.messagerie.actions.modeles import creer_modele, modifier_modele, supprimer_modele

__all__ = [
    "ajouter_message",
    "confier_fil",
    "creer_modele",
    "marquer_lu",
    "modifier_modele",
    "noter_relance",
    "ouvrir_fil",
    "supprimer_modele",
]
