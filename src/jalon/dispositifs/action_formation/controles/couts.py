"""Judgements of the costs."""

from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import Contexte, Ecart, Gravite, controle


@controle(
    "frais-annexes-detail",
    verifie="Les frais annexes demandés sont détaillés",
    cases=["couts.montant_repas"],
    source="Code du travail, L6332-17",
)
def frais_annexes_detail(contenu: ActionFormation, contexte: Contexte) -> Ecart | None:  # noqa: ARG001
    """Annex costs that are asked are detailed, with the number of meals and nights."""
    couts = contenu.couts
    if not couts.frais_demandes:
        return None
    if not any((couts.montant_repas, couts.montant_nuits, couts.montant_transport)):
        return Ecart("Indiquez le coût des repas, de l’hébergement ou du transport", ("couts.montant_repas",))
    if couts.montant_repas and not couts.repas:
        return Ecart("Indiquez le nombre de repas", ("couts.repas",))
    if couts.montant_nuits and not couts.nuits:
        return Ecart("Indiquez le nombre de nuitées", ("couts.nuits",))
    return None


@controle(
    "demande-vide",
    verifie="La demande porte sur un montant",
    cases=["couts.cout_pedagogique"],
    source="Code du travail, L6332-17",
)
def demande_vide(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A request asks for something."""
    if contenu.couts.cout_pedagogique or contenu.couts.salaires_demandes or contenu.couts.frais_demandes:
        return None
    return "Indiquez le coût pédagogique, ou demandez la prise en charge des salaires ou des frais annexes"


@controle(
    "prix-organisme",
    verifie="La convention avec l’organisme indique un prix",
    cases=["couts.cout_pedagogique"],
    source="Code du travail, D6353-1",
    gravite=Gravite.AVERTIT,
)
def prix_organisme(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The convention with a provider states a price."""
    if contenu.organisme.interne or contenu.couts.cout_pedagogique:
        return None
    return "Vérifiez le coût pédagogique\u00a0: la convention ou le devis porte le prix de l’action"
