"""What the convention says and the contract does not: price, annex costs, what the OPCO is asked (Code du travail, D6332-83)."""

from jalon.dispositifs.alternance.accompagnement import Accompagnement
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Rubrique, case
from jalon.dispositifs.types import Montant

PRIX, ANNEXES = "Prix de la formation", "Frais annexes prévus"


class Convention(
    Rubrique,
    code="convention",
    titre="La convention de formation",
    aide="Ces éléments ne sont pas sur le CERFA\u00a0: ils sont dans la convention signée avec le CFA.",
):
    """The price of the CFA and the annex costs foreseen."""

    prix: Montant | None = case(
        "Prix de la formation pour tout le contrat",
        "le prix de la formation",
        aide="Net de taxe. Il sert à calculer ce qui resterait à votre charge.",
        obligatoire=False,
        unite="€",
        groupe=PRIX,
    )
    majoration_rqth: Montant | None = case(
        "Majoration demandée par année pour un apprenti travailleur handicapé",
        "la majoration demandée",
        aide="Selon l’évaluation des besoins faite par le CFA, dans la limite de 4\u00a0000 € par an.",
        obligatoire=False,
        unite="€ par an",
        groupe=PRIX,
    )
    repas: int | None = case("Repas", "le nombre de repas", obligatoire=False, unite="repas", maxi=2000, groupe=ANNEXES)
    nuitees: int | None = case("Nuitées", "le nombre de nuitées", obligatoire=False, unite="nuits", maxi=2000, groupe=ANNEXES)
    premier_equipement: Montant | None = case(
        "Premier équipement pédagogique", "le coût du premier équipement", obligatoire=False, unite="€", groupe=ANNEXES
    )
    mobilite: bool | None = case(
        "Mobilité internationale prévue", "si une mobilité internationale est prévue", obligatoire=False, groupe=ANNEXES
    )


class DemandeApprentissage(ContratApprentissage):
    """The contract as it is filed: the boxes of the paper form, then what the OPCO needs besides."""

    convention: Convention
    accompagnement: Accompagnement
