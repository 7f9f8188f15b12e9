"""The boxes, in the order of the paper form."""

from jalon.dispositifs.apprentissage.rubriques.apprenti import Apprenti, Representant
from jalon.dispositifs.apprentissage.rubriques.contrat import Contrat, Remuneration
from jalon.dispositifs.apprentissage.rubriques.employeur import Employeur, Entete, Maitre1, Maitre2
from jalon.dispositifs.apprentissage.rubriques.formation import Cfa, Formation, Lieu, Signature
from jalon.dispositifs.base import Contenu

__all__ = [
    "Apprenti",
    "Cfa",
    "Contrat",
    "ContratApprentissage",
    "Employeur",
    "Entete",
    "Formation",
    "Lieu",
    "Maitre1",
    "Maitre2",
    "Remuneration",
    "Representant",
    "Signature",
]


class ContratApprentissage(Contenu):
    """A contract, or an avenant, on the form 10103*14."""

    entete: Entete
    employeur: Employeur
    apprenti: Apprenti
    representant: Representant
    maitre1: Maitre1
    maitre2: Maitre2
    contrat: Contrat
    remunerations: tuple[Remuneration, ...]
    cfa: Cfa
    formation: Formation
    lieu: Lieu
    signature: Signature
