"""A contrat d'apprentissage with annex costs, estimated, examined and granted."""

from datetime import timedelta
from typing import Any

from jalon.dispositifs.base import Estimation
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.socle.fiches_referentiels import FicheNpec
from jalon.socle.montants import euros
from tests.dispositifs.apprentissage import test_prise_en_charge as exemple
from tests.dossiers.contrats import LE, contrat_transmis
from tests.dossiers.fabrique import emma

CONVENTION = {"prix": "16000", "repas": "100", "nuitees": "10"}


def estimation(npec: str = "8000", convention: dict[str, str] | None = None, **changements: Any) -> Estimation:
    """What the portal engages for that contract, at that level of the branch."""
    donnees = exemple.reponses(CONVENTION if convention is None else convention, **changements)
    niveau = FicheNpec(montant=euros(npec), source="Essai", applicable_du=LE.date())
    return exemple.estimation(donnees, niveau=niveau)


def en_instruction(**changements: Any) -> Dossier:
    """A contract that the adviser has opened."""
    envoye = contrat_transmis(**{"convention": CONVENTION, **changements})
    return prendre_en_charge(dossier_id=envoye.id, par=emma(), maintenant=LE + timedelta(hours=1))


def accorde(**changements: Any) -> Engagement:
    """A contract granted."""
    dossier = en_instruction(**changements)
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne={}, par=emma(), maintenant=LE + timedelta(hours=2))
    engagement: Engagement = Engagement.objects.tous("essai").select_related("dossier").get(dossier=dossier)
    return engagement
