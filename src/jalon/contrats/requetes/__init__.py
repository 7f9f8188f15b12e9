"""Reads: a rupture as each side may read it, what it changes, avenants."""

from jalon.contrats.requetes.avenants import (
    ApercuAvenant,
    AvenantVu,
    a_faire,
    apercu_d_avenant,
    avenant_en_cours,
    avenants_de,
    juger_avenant,
    reponses_a_juger_de_l_avenant,
    reponses_de_l_avenant,
)
from jalon.contrats.requetes.contenus import suites_possibles, versions_du_contrat, vie_de
from jalon.contrats.requetes.niveaux import ApercuDuNiveau, apercu_du_niveau
from jalon.contrats.requetes.preuves import avenant_signe, code_attendu, code_attendu_du_prestataire, preuve_du_prestataire
from jalon.contrats.requetes.ruptures import (
    Apercu,
    Bilan,
    DeclarationVue,
    RuptureVue,
    apercu_de_rupture,
    bilan_de,
    declarations,
    exiger_le_cfa,
    juger_rupture,
    lire,
    peut_se_rompre,
    rupture_a_compter,
    rupture_de,
)
from jalon.contrats.requetes.taches import ruptures_a_faire
from jalon.contrats.requetes.transferts import echanges_d_avant, transferts_de, transferts_sortis

__all__ = [
    "Apercu",
    "ApercuAvenant",
    "ApercuDuNiveau",
    "AvenantVu",
    "Bilan",
    "DeclarationVue",
    "RuptureVue",
    "a_faire",
    "apercu_d_avenant",
    "apercu_de_rupture",
    "apercu_du_niveau",
    "avenant_en_cours",
    "avenant_signe",
    "avenants_de",
    "bilan_de",
    "code_attendu",
    "code_attendu_du_prestataire",
    "declarations",
    "echanges_d_avant",
    "exiger_le_cfa",
    "juger_avenant",
    "juger_rupture",
    "lire",
    "peut_se_rompre",
    "preuve_du_prestataire",
    "reponses_a_juger_de_l_avenant",
    "reponses_de_l_avenant",
    "rupture_a_compter",
    "rupture_de",
    "ruptures_a_faire",
    "suites_possibles",
    "transferts_de",
    "transferts_sortis",
    "versions_du_contrat",
    "vie_de",
]
