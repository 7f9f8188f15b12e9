"""The boxes, in the order of the paper form."""

from jalon.dispositifs.base import Contenu
from jalon.dispositifs.professionnalisation.rubriques.contrat import Contrat, Nature, Opco
from jalon.dispositifs.professionnalisation.rubriques.formation import Formation
from jalon.dispositifs.professionnalisation.rubriques.personnes import Employeur, Salarie, Tuteur, TuteurUtilisateur

__all__ = [
    "Contrat",
    "ContratProfessionnalisation",
    "Employeur",
    "Formation",
    "Nature",
    "Opco",
    "Salarie",
    "Tuteur",
    "TuteurUtilisateur",
]


class ContratProfessionnalisation(Contenu):
    """A contract, or an avenant, on the form 12434*03."""

    nature: Nature
    employeur: Employeur
    salarie: Salarie
    tuteur: Tuteur
    utilisateur: TuteurUtilisateur
    contrat: Contrat
    formation: Formation
    opco: Opco
