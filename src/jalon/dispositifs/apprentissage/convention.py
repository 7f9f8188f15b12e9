"""What the convention says and the contract does not: price, annex costs, what the OPCO is asked (Code du travail, D6332-83)."""

from jalon.dispositifs.alternance.accompagnement import Accompagnement
from jalon.dispositifs.alternance.calendrier import anniversaire
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Rubrique, case, controle, quand
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
    mobilite_jours: int | None = case(
        "Durée de la mobilité à l’étranger",
        "la durée de la mobilité à l’étranger",
        aide="Un an au plus, et pas plus de la moitié du contrat.",
        unite="jours",
        mini=1,
        maxi=3660,
        si=quand("mobilite", "oui"),
        groupe=ANNEXES,
    )


@controle(
    "convention-mobilite",
    verifie="La mobilité à l’étranger ne dépasse ni un an, ni la moitié du contrat",
    cases=["convention.mobilite_jours", "contrat.date_debut", "contrat.date_fin"],
    source="Code du travail, L6222-42",
)
def mobilite_limitee(contenu: "DemandeApprentissage", contexte: Contexte) -> str | None:  # noqa: ARG001
    """Days abroad, against the year from the first day and half of the days of the contract."""
    jours, debut, fin = contenu.convention.mobilite_jours, contenu.contrat.date_debut, contenu.contrat.date_fin
    limite = min((anniversaire(debut, 1) - debut).days, ((fin - debut).days + 1) // 2)
    if jours is None or jours <= limite:
        return None
    return f"La mobilité à l’étranger dure un an au plus, et pas plus de la moitié du contrat\u00a0: {limite} jours ici"


class DemandeApprentissage(ContratApprentissage):
    """The contract as it is filed: the boxes of the paper form, then what the OPCO needs besides."""

    convention: Convention
    accompagnement: Accompagnement
