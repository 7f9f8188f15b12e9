"""Writes: cutting and restoring, counting what is read, traps, exceptional accesses, alerts."""

from jalon.veille.actions.alertes import traiter_alerte
from jalon.veille.actions.coupures import (
    confirmer_retablissement,
    couper_compte,
    couper_organisation,
    demander_retablissement,
)
from jalon.veille.actions.exceptions import ouvrir_exceptionnellement
from jalon.veille.actions.lectures import compter_lectures, oublier_lectures
from jalon.veille.actions.pieges import poser_piege, retirer_piege

__all__ = [
    "compter_lectures",
    "confirmer_retablissement",
    "couper_compte",
    "couper_organisation",
    "demander_retablissement",
    "oublier_lectures",
    "ouvrir_exceptionnellement",
    "poser_piege",
    "retirer_piege",
    "traiter_alerte",
]
