"""What the action costs, and what is asked."""

from jalon.dispositifs.action_formation import listes
from jalon.dispositifs.action_formation.rubriques.conditions import ANNEXES, EXTERNE
from jalon.dispositifs.base import Rubrique, case
from jalon.dispositifs.types import Montant

ANNEXE = "Salaires et frais annexes"


class Couts(Rubrique, code="couts", titre="Les coûts", aide="Tous les montants sont hors taxes."):
    """What the action costs, and what is asked."""

    cout_pedagogique: Montant = case(
        "Coût pédagogique HT",
        "le coût pédagogique",
        aide="Prix de l’action pour tous les salariés",
        unite="€",
        groupe="Coût pédagogique",
    )
    taux_tva: str | None = case("Taux de TVA", "le taux de TVA", choix=listes.TAUX_TVA, si=EXTERNE, groupe="Coût pédagogique")
    subrogation: bool | None = case(
        "Demande de subrogation",
        "si vous demandez la subrogation",
        aide="L’OPCO paie alors directement l’organisme de formation, quand ses règles le permettent.",
        si=EXTERNE,
        groupe="Coût pédagogique",
    )
    salaires_demandes: bool = case(
        "Prise en charge des salaires", "si vous demandez la prise en charge des salaires", groupe=ANNEXE
    )
    frais_demandes: bool = case(
        "Prise en charge de frais annexes",
        "si vous demandez la prise en charge de frais annexes",
        aide="Repas, hébergement, transport",
        groupe=ANNEXE,
    )
    repas: int | None = case("Nombre de repas", "le nombre de repas", obligatoire=False, si=ANNEXES, maxi=99999, groupe=ANNEXE)
    montant_repas: Montant | None = case(
        "Coût des repas", "le coût des repas", obligatoire=False, unite="€", si=ANNEXES, groupe=ANNEXE
    )
    nuits: int | None = case(
        "Nombre de nuitées", "le nombre de nuitées", obligatoire=False, si=ANNEXES, maxi=99999, groupe=ANNEXE
    )
    montant_nuits: Montant | None = case(
        "Coût de l’hébergement", "le coût de l’hébergement", obligatoire=False, unite="€", si=ANNEXES, groupe=ANNEXE
    )
    montant_transport: Montant | None = case(
        "Coût du transport", "le coût du transport", obligatoire=False, unite="€", si=ANNEXES, groupe=ANNEXE
    )
