"""The request: its boxes and its controls, from which reading and judging are derived."""

from jalon.dispositifs.base import Formulaire, controles_du_module
from jalon.dispositifs.reconversion import controles
from jalon.dispositifs.reconversion.rubriques import PeriodeDeReconversion

PERIODE_DE_RECONVERSION = Formulaire(
    code="reconversion",
    libelle="Période de reconversion",
    contenu=PeriodeDeReconversion,
    controles=controles_du_module(controles.__name__),
)
