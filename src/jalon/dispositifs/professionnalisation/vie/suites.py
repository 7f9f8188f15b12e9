"""A contrat de professionnalisation is renewed once (L6325-7): people are copied, never a date, a document or a decision."""

from typing import Any

from jalon.dispositifs.base.vie import SuiteDeContrat
from jalon.dispositifs.lecture import Reponses, valeurs_de
from jalon.dispositifs.professionnalisation.listes import NOUVEAUX_CONTRATS, TYPES_CONTRAT

SUITES = tuple(SuiteDeContrat(code=code, libelle=TYPES_CONTRAT.libelle(code)) for code in NOUVEAUX_CONTRATS)
COPIEES = ("nature", "employeur", "salarie", "tuteur", "utilisateur")
A_REDIRE = {
    "salarie": ("situation", "inscrit", "numero_inscription", "mois_inscription", "minimum_social", "diplome"),
    "tuteur": ("attestation",),
}
"""True of the former contract only: what came before it, an attestation."""


def reponses_de_la_suite(code: str, reponses: Reponses) -> dict[str, dict[str, Any]]:
    """First answers of the renewal, by section: it is made with the same employer."""
    copiees: dict[str, dict[str, Any]] = {
        section: {**valeurs_de(reponses, section), **dict.fromkeys(A_REDIRE.get(section, ()), "")} for section in COPIEES
    }
    return {**copiees, "contrat": {"type_contrat": code}}
