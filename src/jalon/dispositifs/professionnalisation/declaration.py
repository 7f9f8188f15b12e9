"""The form 12434*03: its boxes and its controls, from which reading and judging are derived."""

from jalon.dispositifs.base import Formulaire
from jalon.dispositifs.professionnalisation.controles import CONTROLES
from jalon.dispositifs.professionnalisation.listes import VERSION
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation

CONTRAT_PROFESSIONNALISATION = Formulaire(
    code="professionnalisation",
    libelle="Contrat de professionnalisation",
    contenu=ContratProfessionnalisation,
    controles=CONTROLES,
    formulaire=f"CERFA {VERSION}",
)
