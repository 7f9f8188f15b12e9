"""The pages of an administrator in her first 72 hours, on both sides."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.enums import Role
from jalon.habilitations.models import Rattachement
from tests.habilitations.fabrique import LE, SIREN, acteur, agent, code_en_circulation, organisation, personne, rattacher
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
JUSQU_A = LE + timedelta(hours=20)


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def nora(aline: Personne) -> Rattachement:
    return rattacher(personne("Nora", "Neuve"), probation_jusqu_a=JUSQU_A)


def _page(qui: Personne, nom: str, *args: object) -> str:
    reponse = navigateur_de(qui).get(reverse(nom, args=args))
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_la_page_des_droits_mene_a_la_verification(aline: Personne, nora: Rattachement) -> None:
    page = _page(aline, "espace_habilitations", SIREN)
    lien = reverse("espace_nomination", args=[SIREN, nora.id])
    assert "Nouveaux administrateurs à vérifier" in page
    assert f'href="{lien}"' in page
    assert "Nora Neuve" in _page(aline, "espace_nomination", SIREN, nora.id)
    reponse = navigateur_de(aline).post(lien, {"decision": "confirmer", "constat": "Vue au siège"}, follow=True)
    assert "La nomination est confirmée" in reponse.content.decode()
    assert "Nouveaux administrateurs à vérifier" not in reponse.content.decode()
    assert nora.personne is not None
    assert acteur(nora.personne).est_administrateur(SIREN)


def test_qui_est_nomme_lit_sans_decider(nora: Rattachement) -> None:
    assert nora.personne is not None
    page = _page(nora.personne, "espace_habilitations", SIREN)
    assert "Nora Neuve (vous)" in page
    assert "Confirmer ou refuser" not in page
    page = _page(nora.personne, "espace_nomination", SIREN, nora.id)
    assert "Une autre personne décide" in page
    assert 'name="constat"' not in page


def test_refuser_depuis_la_page(aline: Personne, nora: Rattachement) -> None:
    lien = reverse("espace_nomination", args=[SIREN, nora.id])
    vide = navigateur_de(aline).post(lien, {"decision": "refuser", "constat": " "})
    assert vide.status_code == 422
    reponse = navigateur_de(aline).post(lien, {"decision": "refuser", "constat": "Inconnue"}, follow=True)
    assert "La nomination est refusée" in reponse.content.decode()
    assert navigateur_de(aline).get(lien).status_code == 409


@pytest.mark.parametrize("role", [Role.AEF, Role.CONSEILLER])
def test_l_opco_la_voit_et_confirme(nora: Rattachement, role: Role) -> None:
    emma = agent(role, prenom="Emma")
    lien = reverse("opco_nomination", args=[nora.id])
    assert f'href="{lien}"' in _page(emma, "opco_nominations")
    assert f'href="{lien}"' in _page(emma, "opco_organisation", SIREN)
    assert "Vérifier de nouveaux administrateurs" in _page(emma, "opco_accueil")
    assert "BELLERIVE RESTAURATION" in _page(emma, "opco_nomination", nora.id)
    reponse = navigateur_de(emma).post(lien, {"decision": "confirmer", "constat": "Kbis"}, follow=True)
    assert "Aucun nouvel administrateur" in reponse.content.decode()


def test_qui_a_commande_la_lettre_est_renvoye_a_une_autre_personne(nora: Rattachement) -> None:
    _, code = code_en_circulation()
    code.usages, code.premier_usage_le = 1, LE - timedelta(hours=52)
    code.save()
    hugo: Personne = code.lettre.commande.commandee_par
    assert "une autre personne confirme" in _page(hugo, "opco_nominations")
    assert "Vous avez eu le code en main" in _page(hugo, "opco_nomination", nora.id)
    reponse = navigateur_de(hugo).post(reverse("opco_nomination", args=[nora.id]), {"decision": "confirmer", "constat": "Kbis"})
    assert reponse.status_code == 403


def test_le_role_d_ailleurs_ne_montre_rien_a_qui_ne_confirme_pas(nora: Rattachement) -> None:
    ines = agent(Role.COMPTABLE, prenom="Inès")
    assert reverse("opco_nomination", args=[nora.id]) not in _page(ines, "opco_organisation", SIREN)
    assert navigateur_de(ines).get(reverse("opco_nominations")).status_code == 403
