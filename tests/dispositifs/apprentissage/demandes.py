"""The complete contract of `contrats`, as the portal files it: with its convention and no help asked, and small changes to it."""

from datetime import date
from decimal import Decimal
from typing import Any

from jalon.dispositifs.apprentissage.convention import DemandeApprentissage
from jalon.dispositifs.apprentissage.norme.lecture import lire_norme
from jalon.dispositifs.base import Rupture
from jalon.dispositifs.lecture import reponses_du_contenu
from jalon.dispositifs.registre import dispositif
from jalon.socle.fiches_referentiels import FicheNpec
from tests.dispositifs.apprentissage.contrats import CONTRAT

APPRENTISSAGE = dispositif("apprentissage")
VIE = APPRENTISSAGE.vie
NIVEAUX = {"RNCP37889": Decimal(8000), "RNCP99999": Decimal(9500)}


def demande(**changements: Any) -> DemandeApprentissage:
    """01/09/2026 to 31/08/2028, practical training from the first day; `contrat__date_fin=…` changes an answer."""
    lue = lire_norme(CONTRAT).contenu
    valeurs: dict[str, Any] = {}
    for nom in type(lue).model_fields:
        rubrique = getattr(lue, nom)
        valeurs[nom] = [dict(vars(r)) for r in rubrique] if isinstance(rubrique, tuple) else dict(vars(rubrique))
    valeurs["convention"], valeurs["accompagnement"] = {"prix": "16000"}, {}
    for chemin, valeur in changements.items():
        section, _, champ = chemin.partition("__")
        if champ:
            valeurs[section][champ] = valeur
        else:
            valeurs[section] = valeur
    return DemandeApprentissage.model_validate(valeurs, by_name=True)


def reponses(**changements: Any) -> dict[str, dict[str, Any]]:
    """The answers that give it, as they are typed in the portal, by section."""
    ecrites = reponses_du_contenu(APPRENTISSAGE, demande(**changements))
    return {code: section["valeurs"] for code, section in ecrites.items()}


def npec(rncp: str, idcc: str, conclusion: date) -> FicheNpec | None:
    """Two certifications have a level."""
    if rncp not in NIVEAUX:
        return None
    return FicheNpec(montant=NIVEAUX[rncp], source="Essai", applicable_du=date(2026, 1, 1))


def rupture(le: date, motif: str = "", **plus: Any) -> Rupture:
    """A declared rupture."""
    return Rupture(le=le, motif=motif, **plus)
