"""« J’ai perdu mon second facteur »: who may ask, who may give up, and the whole way by the pages."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatPerte
from jalon.habilitations.models import AvisPostal, PerteSecondFacteur
from tests.habilitations.fabrique import SIREN, agent, organisation, personne, rattacher
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "une phrase assez longue"
PERDU = reverse("second_facteur_perdu")


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne()
    creee.set_password(MOT_DE_PASSE)
    creee.save()
    rattacher(creee)
    return creee


def _apres_le_mot_de_passe(qui: Personne) -> Client:
    navigateur = Client()
    reponse = navigateur.post(reverse("account_login"), {"login": qui.email, "password": MOT_DE_PASSE})
    assert reponse["Location"] == reverse("mfa_authenticate")
    return navigateur


def test_le_second_facteur_mene_a_la_page(aline: Personne) -> None:
    assert PERDU in _apres_le_mot_de_passe(aline).get(reverse("mfa_authenticate")).content.decode()


def test_sans_le_mot_de_passe_on_va_a_la_connexion_que_le_compte_existe_ou_non(aline: Personne) -> None:
    for adresse in (aline.email, "inconnue@essai.example"):
        navigateur = Client()
        navigateur.post(reverse("account_login"), {"login": adresse, "password": "autre chose de long"})
        for reponse in (navigateur.get(PERDU), navigateur.post(PERDU)):
            assert (reponse.status_code, reponse["Location"]) == (302, reverse("account_login"))
    assert not PerteSecondFacteur.objects.exists()


def test_un_compte_sans_second_facteur_ou_ferme_n_a_rien_a_demander(aline: Personne) -> None:
    navigateur = _apres_le_mot_de_passe(aline)
    Personne.objects.update(is_active=False)
    assert navigateur.post(PERDU)["Location"] == reverse("account_login")
    assert not PerteSecondFacteur.objects.exists()


def test_la_demande_par_les_pages_jusqu_au_nouveau_second_facteur(aline: Personne) -> None:
    hugo, ines = navigateur_de(agent()), navigateur_de(agent(prenom="Inès"))
    navigateur = _apres_le_mot_de_passe(aline)
    assert "Demander le remplacement" in navigateur.get(PERDU).content.decode()
    assert navigateur.post(PERDU)["Location"] == PERDU
    assert "Votre demande est enregistrée" in navigateur.get(PERDU).content.decode()
    perte = PerteSecondFacteur.objects.get()
    page = hugo.get(reverse("opco_pertes")).content.decode()
    assert "Aline Ferrand" in page
    assert "Retirer le second facteur" not in page
    vide = hugo.post(reverse("opco_perte_confirmer", args=[perte.id]), {"preuve": ""})
    assert vide.status_code == 422
    assert "Indiquez comment vous avez vérifié" in vide.content.decode()
    hugo.post(reverse("opco_perte_confirmer", args=[perte.id]), {"preuve": "Rappelée au siège"})
    assert "a perdu son second facteur" in hugo.get(reverse("opco_codes")).content.decode()
    assert "La lettre au siège est à poster" in ines.get(reverse("opco_pertes")).content.decode()
    assert ines.post(reverse("opco_perte_remplacer", args=[perte.id])).status_code == 409
    hugo.post(reverse("opco_avis"), {"avis": [str(AvisPostal.objects.get().pk)]})
    assert "Une autre personne de l’OPCO doit confirmer" in hugo.get(reverse("opco_pertes")).content.decode()
    assert hugo.post(reverse("opco_perte_remplacer", args=[perte.id])).status_code == 403
    assert "Retirer le second facteur" in ines.get(reverse("opco_pertes")).content.decode()
    assert ines.post(reverse("opco_perte_remplacer", args=[perte.id]))["Location"] == reverse("opco_pertes")
    assert not Authenticator.objects.filter(user=aline).exists()
    neuf = Client()
    neuf.post(reverse("account_login"), {"login": aline.email, "password": MOT_DE_PASSE})
    assert neuf.get(reverse("espace_accueil", args=[SIREN]))["Location"] == reverse("mfa_index")


def test_un_refus_demande_un_motif(aline: Personne) -> None:
    _apres_le_mot_de_passe(aline).post(PERDU)
    hugo, perte = navigateur_de(agent()), PerteSecondFacteur.objects.get()
    adresse = reverse("opco_perte_refuser", args=[perte.id])
    assert hugo.post(adresse, {"motif": " "}).status_code == 422
    assert hugo.post(adresse, {"motif": "Voix inconnue"})["Location"] == reverse("opco_pertes")
    assert "Aucune demande en attente" in hugo.get(reverse("opco_pertes")).content.decode()


def test_connectee_elle_annule(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    assert "Aucune demande n’est ouverte" in navigateur.get(PERDU).content.decode()
    _apres_le_mot_de_passe(aline).post(PERDU)
    assert "Annuler la demande" in navigateur.get(PERDU).content.decode()
    navigateur.post(PERDU)
    assert PerteSecondFacteur.objects.get().etat == EtatPerte.ANNULEE
    navigateur.post(PERDU)
    assert PerteSecondFacteur.objects.count() == 1


def test_sans_organisation_la_page_dit_quoi_faire() -> None:
    gael = personne("Paul", "Roux")
    gael.set_password(MOT_DE_PASSE)
    gael.save()
    EmailAddress.objects.filter(user=gael).update(verified=True)
    navigateur = _apres_le_mot_de_passe(gael)
    navigateur.post(PERDU)
    assert "créez-en un autre" in navigateur.get(PERDU).content.decode()
    assert not PerteSecondFacteur.objects.exists()


def test_l_aide_a_la_connexion_est_publique_et_repond_aux_questions() -> None:
    html = Client().get(reverse("aide_connexion")).content.decode()
    for question in (
        "Première connexion",
        "Le code reçu par courrier",
        "Le second facteur",
        "perdu mon téléphone",
        "pas reçu mon code",
    ):
        assert question in html
    assert reverse("aide_connexion") in Client().get(reverse("account_login")).content.decode()
