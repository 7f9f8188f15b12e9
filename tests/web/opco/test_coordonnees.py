"""The OPCO's pages where an account is verified by a second person (exigences, T5, P2)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from jalon.banque.models import CoordonneesBancaires
from jalon.comptes.models import Personne
from jalon.habilitations.enums import Role
from jalon.journal.models import Evenement, Revelation
from tests.banque.outils import IBANS, JOUR, ajouter
from tests.habilitations.fabrique import LE, SIREN, agent, organisation
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
CONFIRMER = {"decision": "confirmer", "methode": "contre_appel", "commentaire": "Gérant rappelé au standard"}
REFUSER = {"decision": "refuser", "methode": "", "commentaire": "Le gérant ne connaît pas ce compte"}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def farid() -> Personne:
    return agent(Role.GESTIONNAIRE, prenom="Farid")


@pytest.fixture
def compte() -> CoordonneesBancaires:
    organisation()
    ajouter(IBANS[1], le=LE - 30 * JOUR, titulaire="Ancien titulaire")
    return ajouter(IBANS[0], le=LE)


def _relu(compte: CoordonneesBancaires) -> CoordonneesBancaires:
    relu: CoordonneesBancaires = CoordonneesBancaires.objects.tous("essai").get(id=compte.id)
    return relu


def test_de_l_accueil_a_la_confirmation(farid: Personne, compte: CoordonneesBancaires) -> None:
    navigateur = navigateur_de(farid)
    accueil = navigateur.get(reverse("opco_accueil")).content.decode()
    assert "2 comptes que personne à l’OPCO n’a vérifiés" in accueil
    liste = navigateur.get(reverse("opco_ribs")).content.decode()
    page = reverse("opco_rib", args=[compte.id])
    assert f'href="{page}"' in liste
    vue = navigateur.get(page).content.decode()
    for dit in (
        "BELLERIVE RESTAURATION",
        "Bellerive Restauration",
        "Ancien titulaire",
        "rappelez l’organisation",
        compte.iban_masque,
    ):
        assert dit in vue
    assert IBANS[0] not in vue.replace(" ", "").replace("\u00a0", "")
    fait = navigateur.post(reverse("opco_rib_decider", args=[compte.id]), CONFIRMER, follow=True).content.decode()
    assert "Le compte est confirmé" in fait
    assert f'href="{page}"' not in fait
    relu = _relu(compte)
    assert (relu.confirmees_par, relu.confirmation_methode, relu.confirmation_commentaire) == (
        farid.id, "contre_appel", "Gérant rappelé au standard",
    )  # fmt: skip
    vue = navigateur.get(page).content.decode()
    assert "Compte confirmé" in vue
    assert "Appel à un interlocuteur connu" in vue
    assert 'name="decision"' not in vue


def test_refuser_gele_le_compte_et_le_dit(farid: Personne, compte: CoordonneesBancaires) -> None:
    navigateur, adresse = navigateur_de(farid), reverse("opco_rib_decider", args=[compte.id])
    sans_motif = navigateur.post(adresse, {**REFUSER, "commentaire": " "})
    assert sans_motif.status_code == 422
    assert "Indiquez le motif du refus" in sans_motif.content.decode()
    assert _relu(compte).gelee_le is None
    assert "Le compte est gelé" in navigateur.post(adresse, REFUSER, follow=True).content.decode()
    relu = _relu(compte)
    assert (relu.gelee_le, relu.gel_origine, relu.gel_motif) == (LE, "opco", "Le gérant ne connaît pas ce compte")
    apres = navigateur.post(adresse, CONFIRMER)
    assert apres.status_code == 422
    assert "Ces coordonnées sont gelées" in apres.content.decode()
    assert _relu(compte).confirmees_le is None


def test_l_iban_entier_s_affiche_contre_un_motif_inscrit_au_registre(farid: Personne, compte: CoordonneesBancaires) -> None:
    navigateur, adresse = navigateur_de(farid), reverse("opco_rib_reveler", args=[compte.id])
    assert IBANS[0] not in navigateur.get(adresse).content.decode()
    assert navigateur.post(adresse, {"motif": " "}).status_code == 422
    assert not Revelation.objects.tous("essai").exists()
    assert IBANS[0] in navigateur.post(adresse, {"motif": "RIB reçu par courrier"}).content.decode()
    assert Revelation.objects.tous("essai").get().motif == "RIB reçu par courrier"
    assert Evenement.objects.tous("essai").filter(code="banque.iban_affiche").count() == 1


def test_decider_et_afficher_demandent_un_second_facteur_recent(farid: Personne, compte: CoordonneesBancaires) -> None:
    navigateur = navigateur_de(farid, "password")
    for nom, corps in (("opco_rib_decider", CONFIRMER), ("opco_rib_reveler", {"motif": "x"})):
        reponse = navigateur.post(reverse(nom, args=[compte.id]), corps)
        assert (reponse.status_code, "reauthenticate" in reponse.url or "confirmer" in reponse.url) == (302, True)  # type: ignore[attr-defined]
    assert _relu(compte).confirmees_le is None
    assert navigateur.get(reverse("opco_rib", args=[compte.id])).status_code == 200


def test_les_autres_roles_et_les_autres_portefeuilles(compte: CoordonneesBancaires) -> None:
    ines = navigateur_de(agent(Role.COMPTABLE, prenom="Inès"))
    assert ines.get(reverse("opco_ribs")).status_code == 403
    assert ines.post(reverse("opco_rib_decider", args=[compte.id]), CONFIRMER).status_code == 403
    ailleurs = navigateur_de(agent(Role.GESTIONNAIRE, portefeuilles=(), prenom="Léo"))
    assert ailleurs.get(reverse("opco_rib", args=[compte.id])).status_code in {403, 404}
    assert _relu(compte).confirmees_le is None


def test_sans_administrateur_la_page_dit_de_rappeler_le_siege(farid: Personne, compte: CoordonneesBancaires) -> None:
    page = navigateur_de(farid).get(reverse("opco_rib", args=[compte.id])).content.decode()
    assert "n’a plus d’administrateur en fonction" in page
    assert reverse("opco_organisation", args=[SIREN]) in page
    with time_machine.travel(LE + timedelta(days=4), tick=False):
        ancien = CoordonneesBancaires.objects.tous("essai").get(rang=1)
        page = navigateur_de(farid).get(reverse("opco_rib", args=[ancien.id])).content.decode()
    assert "Compte remplacé" in page
    assert 'name="decision"' not in page


def test_une_liste_vide_dit_ce_qui_y_viendra(farid: Personne) -> None:
    assert "Aucun compte à vérifier" in navigateur_de(farid).get(reverse("opco_ribs")).content.decode()
