"""Writes: seeding from the package, and what the OPCO edits."""

from jalon.referentiels.actions.bareme import (
    ajouter_ligne_bareme,
    modifier_ligne_bareme,
    modifier_plafond_annuel,
    retirer_ligne_bareme,
)
from jalon.referentiels.actions.chargement import BilanChargement, charger_referentiels
from jalon.referentiels.actions.guichets import rouvrir_guichet, suspendre_guichet
from jalon.referentiels.actions.npec import importer_npec
from jalon.referentiels.actions.reglages import (
    accorder_exception_depot,
    regler_dispositif,
    regler_paiements,
    terminer_exception_depot,
)
from jalon.referentiels.actions.repertoires import importer_organismes, importer_rncp, importer_siro, importer_uai

__all__ = [
    "BilanChargement",
    "accorder_exception_depot",
    "ajouter_ligne_bareme",
    "charger_referentiels",
    "importer_npec",
    "importer_organismes",
    "importer_rncp",
    "importer_siro",
    "importer_uai",
    "modifier_ligne_bareme",
    "modifier_plafond_annuel",
    "regler_dispositif",
    "regler_paiements",
    "retirer_ligne_bareme",
    "rouvrir_guichet",
    "suspendre_guichet",
    "terminer_exception_depot",
]
