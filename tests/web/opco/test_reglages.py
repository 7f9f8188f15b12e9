"""The OPCO's page of delays and decisions: settings from a day on, dated exceptions."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.enums import Role
from jalon.referentiels.actions import charger_referentiels
from jalon.referentiels.models import ExceptionDepot, ReglageDispositif
from tests.dispositifs.silencieux import CODE, dispositif_essai
from tests.dossiers.fabrique import JOUR, LE, PORTEFEUILLE, monde
from tests.habilitations.fabrique import agent
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
REGLAGE = {
    "decision_automatique": "prise", "delai_depot_jours": "15", "gravite_delai": "bloque", "limite_stagiaires": "",
    "a_partir_du": "01/12/2026", "motif": "Conseil du 20 novembre",
}  # fmt: skip
EXCEPTION = {
    "dispositif": "apprentissage", "debut_du": "01/09/2026", "debut_au": "30/09/2026", "depot_au": "15/12/2026",
    "motif": "Panne de la rentrée",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def karim() -> Personne:
    monde()
    charger_referentiels()
    return agent(Role.ADMINISTRATEUR_OPCO, portefeuilles=[PORTEFEUILLE], prenom="Karim")


def lire(qui: Personne, nom: str, *args: object) -> str:
    return navigateur_de(qui).get(reverse(nom, args=args)).content.decode()


def test_un_reglage_se_lit_et_se_revise(karim: Personne) -> None:
    accueil = lire(karim, "opco_reglages")
    for dit in ("Contrat d’apprentissage", "20 jours", "Refus implicite", "Code du travail, R6224-3", "Sans effet"):
        assert dit in accueil
    page = lire(karim, "opco_reglage", "action_formation")
    assert 'value="30"' in page
    assert '<option value="proposee" selected' in page
    fait = navigateur_de(karim).post(reverse("opco_reglage", args=["action_formation"]), REGLAGE, follow=True).content.decode()
    assert "Le réglage est modifié" in fait
    assert "Accorder sans intervention" not in fait
    with time_machine.travel(LE + timedelta(days=7), tick=False):
        assert "Accorder sans intervention" in lire(karim, "opco_reglages")
        assert 'value="15"' in lire(karim, "opco_reglage", "action_formation")
    assert ReglageDispositif.objects.get(code="action_formation", revision=2).gravite_delai == "bloque"


def test_un_dispositif_nouveau_y_est_sans_rien_ajouter(karim: Personne) -> None:
    """Without a setting of its own it is proposed by default, and cannot be set before its data is loaded."""
    with dispositif_essai():
        assert "Essai" in lire(karim, "opco_reglages")
        assert navigateur_de(karim).get(reverse("opco_reglage", args=[CODE])).status_code == 404
        ReglageDispositif.objects.create(code=CODE, dispositif=CODE, valide_du=JOUR)
        assert navigateur_de(karim).post(reverse("opco_reglage", args=[CODE]), REGLAGE).status_code == 302
    assert navigateur_de(karim).get(reverse("opco_reglage", args=["inconnu"])).status_code == 404


def test_une_exception_s_ouvre_et_s_arrete(karim: Personne) -> None:
    fait = navigateur_de(karim).post(reverse("opco_reglages"), EXCEPTION, follow=True).content.decode()
    assert "L’exception est ouverte" in fait
    assert "Débuts du 01/09/2026 au 30/09/2026, transmis jusqu’au 15/12/2026&nbsp;: Panne de la rentrée" in fait
    exception = ExceptionDepot.objects.get()
    adresse = reverse("opco_exception_terminer", args=[exception.pk])
    assert adresse in fait
    arretee = navigateur_de(karim).post(adresse, follow=True).content.decode()
    assert "L’exception s’arrête ce soir" in arretee
    assert "transmis jusqu’au 24/11/2026" in arretee
    assert adresse not in arretee
