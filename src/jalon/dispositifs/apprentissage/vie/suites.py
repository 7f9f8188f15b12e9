"""A second contract of the same apprentice: what is known of the people is copied, never a date, a document or a decision."""

from typing import Any

from jalon.dispositifs.apprentissage.listes import NOUVEAUX_CONTRATS, TYPES_CONTRAT
from jalon.dispositifs.base.vie import SuiteDeContrat
from jalon.dispositifs.lecture import Reponses, valeurs_de

MEME_EMPLOYEUR, APRES_LE_TERME, APRES_UNE_RUPTURE = NOUVEAUX_CONTRATS
SUITES = (
    SuiteDeContrat(code=MEME_EMPLOYEUR, libelle=TYPES_CONTRAT.libelle(MEME_EMPLOYEUR)),
    SuiteDeContrat(code=APRES_LE_TERME, libelle=TYPES_CONTRAT.libelle(APRES_LE_TERME), rompu=False),
    SuiteDeContrat(code=APRES_UNE_RUPTURE, libelle=TYPES_CONTRAT.libelle(APRES_UNE_RUPTURE), rompu=True),
)
PERSONNES = ("apprenti", "representant")
DE_L_EMPLOYEUR = ("entete", "employeur", "maitre1", "maitre2")
A_REDIRE = {"apprenti": ("situation", "derniere_classe", "mineur"), "maitre1": ("attestation",)}
"""True of the former contract only: the situation before it, the age at its signature, an attestation."""


def reponses_de_la_suite(code: str, reponses: Reponses) -> dict[str, dict[str, Any]]:
    """First answers of the new contract, by section; with another employer, nothing of the former one."""
    sections = (*PERSONNES, *DE_L_EMPLOYEUR) if code == MEME_EMPLOYEUR else PERSONNES
    copiees: dict[str, dict[str, Any]] = {
        section: {**valeurs_de(reponses, section), **dict.fromkeys(A_REDIRE.get(section, ()), "")} for section in sections
    }
    return {**copiees, "contrat": {"type_contrat": code}}
