"""Reads: a rupture as each side may read it, what it changes, avenants."""

from jalon.contrats.requetes.contenus import versions_du_contrat, vie_de
from jalon.contrats.requetes.ruptures import (
    Apercu,
    Bilan,
    DeclarationVue,
    RuptureVue,
    apercu_de_rupture,
    bilan_de,
    declarations,
    juger_rupture,
    lire,
    peut_se_rompre,
    rupture_a_compter,
    rupture_de,
)

__all__ = [
    "Apercu",
    "Bilan",
    "DeclarationVue",
    "RuptureVue",
    "apercu_de_rupture",
    "bilan_de",
    "declarations",
    "juger_rupture",
    "lire",
    "peut_se_rompre",
    "rupture_a_compter",
    "rupture_de",
    "versions_du_contrat",
    "vie_de",
]
