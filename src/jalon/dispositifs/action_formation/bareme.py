"""Which lines of the barème a request falls under."""

from decimal import Decimal

from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import CaseAbsente, Contexte
from jalon.socle.baremes import SEUIL_FONDS_LEGAUX, CriteresBareme, Fonds, LigneBareme, zone_du_code_postal

SANS_OBJET = "sans-objet"
"""Value of a criterion that the request does not have (the theme of a VAE)."""


def criteres(contenu: ActionFormation, modalite: str) -> CriteresBareme:
    """What a line is chosen by, for the part of the action taught in that modality."""
    entreprise, action = contenu.entreprise, contenu.action
    return CriteresBareme(
        idcc=entreprise.idcc,
        effectif=entreprise.effectif,
        type_action=action.type_action,
        modalite=modalite,
        certification=action.certification,
        theme=action.theme or SANS_OBJET,
        interne="oui" if contenu.organisme.interne else "non",
        zone=zone_du_code_postal(entreprise.code_postal),
    )


def parts(contenu: ActionFormation) -> list[tuple[str, Decimal]]:
    """Modality and share (0 to 1) of each part of the action, face to face first; a mixed action has two."""
    action = contenu.action
    if action.modalite != "mixte":
        return [(action.modalite or SANS_OBJET, Decimal(1))]
    distance = min(action.a_distance / action.duree_heures, Decimal(1))
    return [("presentiel", 1 - distance), ("distance", distance)]


def lignes_applicables(contenu: ActionFormation, contexte: Contexte) -> list[tuple[LigneBareme | None, Decimal]]:
    """For each part, the line in force on the first day of the action, and the share of the hours it pays."""
    jour = contenu.action.date_debut
    return [(contexte.regles.ligne(criteres(contenu, modalite), jour), part) for modalite, part in parts(contenu)]


def fonds_vise(contenu: ActionFormation, contexte: Contexte) -> Fonds:
    """The fund that would pay; while the answers do not say, the legal one, which is open to small companies only."""
    try:
        ligne, _ = lignes_applicables(contenu, contexte)[0]
    except CaseAbsente:
        return Fonds.LEGAL
    if ligne is not None:
        return ligne.fonds
    return Fonds.LEGAL if contenu.entreprise.effectif < SEUIL_FONDS_LEGAUX else Fonds.CONVENTIONNEL
