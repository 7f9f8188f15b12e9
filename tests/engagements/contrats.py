"""A contrat d'apprentissage of the portal, from its draft to its agreement, by the real actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dispositifs.apprentissage.prise_en_charge import financement
from jalon.dispositifs.base import Estimation
from jalon.dispositifs.lecture import lire_contenu
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.montants import euros
from tests.dispositifs.apprentissage.contrats import contexte, contrat
from tests.dossiers import fabrique
from tests.dossiers.fabrique import SIREN, SIRET, SIRET_OF, aline, emma, joindre, relire

LE = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
"""The second day of the contract."""

APPRENTISSAGE = dispositif("apprentissage")
CONVENTION = {"prix": "16000", "repas": "100", "nuitees": "10"}


def reponses(convention: dict[str, str] | None = None, **changements: Any) -> dict[str, dict[str, Any]]:
    """What is typed, by section, for the company and the CFA of these tests."""
    lues = {code: dict(section["valeurs"]) for code, section in lire_norme(contrat(**changements)).reponses.items()}
    lues["employeur"]["siret"] = SIRET
    lues["cfa"]["siret"] = SIRET_OF
    return {**lues, "convention": CONVENTION if convention is None else convention}


def estimation(npec: str = "8000", convention: dict[str, str] | None = None, **changements: Any) -> Estimation:
    """What the portal engages for that contract, at that level of the branch."""
    donnees = {code: {"valeurs": valeurs} for code, valeurs in reponses(convention, **changements).items()}
    contenu, anomalies = lire_contenu(APPRENTISSAGE, donnees)
    assert contenu is not None, anomalies
    fiche = FicheNpec(montant=euros(npec), source="Essai", applicable_du=LE.date())
    return financement(contenu, contexte(npec=lambda *_: fiche))  # type: ignore[arg-type]


def transmis(convention: dict[str, str] | None = None, **changements: Any) -> Dossier:
    """A contract sent to the OPCO."""
    dossier = creer_brouillon(dispositif="apprentissage", siren=SIREN, siret=SIRET, par=aline(), maintenant=LE)
    for section, valeurs in reponses(convention, **changements).items():
        version = relire(dossier).reponses.get(section, {}).get("version", 0)
        enregistrer_section(dossier_id=dossier.id, section=section, version=version, valeurs=valeurs, par=aline(), maintenant=LE)
    for code in ("cerfa_signe", "convention_tripartite"):
        joindre(relire(dossier), code, le=LE)
    return transmettre_dossier(dossier_id=dossier.id, par=aline(), maintenant=LE)


def en_instruction(convention: dict[str, str] | None = None, **changements: Any) -> Dossier:
    """A contract that the adviser has opened."""
    envoye = transmis(convention, **changements)
    return prendre_en_charge(dossier_id=envoye.id, par=emma(), maintenant=LE + timedelta(hours=1))


def accorde(convention: dict[str, str] | None = None, **changements: Any) -> Engagement:
    """A contract granted."""
    dossier = en_instruction(convention, **changements)
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne={}, par=emma(), maintenant=LE + timedelta(hours=2))
    engagement: Engagement = Engagement.objects.tous("essai").select_related("dossier").get(dossier=dossier)
    return engagement


def monde() -> None:
    """The companies and the provider of the tests of requests."""
    fabrique.monde()
