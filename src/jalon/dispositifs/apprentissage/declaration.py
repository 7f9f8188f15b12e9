"""The form 10103*14: its boxes and its controls, from which reading and judging are derived."""

from jalon.dispositifs.apprentissage.controles import CONTROLES
from jalon.dispositifs.apprentissage.listes import VERSION
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Formulaire

CONTRAT_APPRENTISSAGE = Formulaire(
    code="apprentissage",
    libelle="Contrat d’apprentissage",
    contenu=ContratApprentissage,
    controles=CONTROLES,
    formulaire=f"CERFA {VERSION}",
)
