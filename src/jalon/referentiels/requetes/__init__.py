"""Reads: rules as the frozen structures that judgements take, lines for the OPCO's page, official referentials by key."""

from jalon.referentiels.requetes.baremes import (
    decrire_reference,
    en_fiche,
    guichets_suspendus,
    idcc,
    jeu_de_regles,
    lignes_en_vigueur,
    opcos_des_idcc,
    plafonds_en_vigueur,
    revisions_de_ligne,
)
from jalon.referentiels.requetes.officiels import (
    certification,
    habilitations,
    historique_npec,
    npec,
    opco_du_siret,
    organisme,
    organisme_du_nda,
    referentiels_charges,
    rejets_du_dernier_import_officiel,
    uai,
)

__all__ = [
    "certification",
    "decrire_reference",
    "en_fiche",
    "guichets_suspendus",
    "habilitations",
    "historique_npec",
    "idcc",
    "jeu_de_regles",
    "lignes_en_vigueur",
    "npec",
    "opco_du_siret",
    "opcos_des_idcc",
    "organisme",
    "organisme_du_nda",
    "plafonds_en_vigueur",
    "referentiels_charges",
    "rejets_du_dernier_import_officiel",
    "revisions_de_ligne",
    "uai",
]
