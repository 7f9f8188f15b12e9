"""Reads: a rupture as each side may read it, what it changes, avenants."""

from jalon.contrats.requetes.ruptures import (
    Apercu,
    DeclarationVue,
    RuptureVue,
    apercu_de_rupture,
    declarations,
    peut_se_rompre,
    rupture_de,
)

__all__ = [
    "Apercu",
    "DeclarationVue",
    "RuptureVue",
    "apercu_de_rupture",
    "declarations",
    "peut_se_rompre",
    "rupture_de",
]
