"""Writes of the directory."""

from jalon.salaries.actions.fiches import (
    ajouter_salarie,
    declarer_depart,
    fusionner_salaries,
    modifier_salarie,
    supprimer_salarie,
)
from jalon.salaries.actions.imports import (
    abandonner_import,
    ajuster_colonnes,
    appliquer_import,
    deposer_fichier,
    lancer_import,
    oublier_imports,
    relancer_imports,
)
from jalon.salaries.actions.nir import reveler_nir
from jalon.salaries.actions.purge import purger_salaries
from jalon.salaries.actions.reprise import inscrire, nir_a_reprendre, oublier_dossier, reprendre_personnes, suivre_dossier

__all__ = [
    "abandonner_import",
    "ajouter_salarie",
    "ajuster_colonnes",
    "appliquer_import",
    "declarer_depart",
    "deposer_fichier",
    "fusionner_salaries",
    "inscrire",
    "lancer_import",
    "modifier_salarie",
    "nir_a_reprendre",
    "oublier_dossier",
    "oublier_imports",
    "purger_salaries",
    "relancer_imports",
    "reprendre_personnes",
    "reveler_nir",
    "suivre_dossier",
    "supprimer_salarie",
]
