"""The means of signing in change behind the second factor of whoever has one: a password alone is not enough."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalon.comptes.models import Personne
from jalon.socle.confirmation import VALIDITE_SECOND_FACTEUR
from jalon.web.composants.seance import CODES_DE_SECOURS, MOYENS, MOYENS_ENVOYES
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "une phrase assez longue"
SANS_ARGUMENT = sorted(nom for nom in MOYENS if nom not in {"mfa_remove_webauthn", "mfa_edit_webauthn"})


@pytest.fixture
def aline() -> Personne:
    return Personne.objects.create_user("aline@essai.example", MOT_DE_PASSE, prenom="Aline", nom="Ferrand")


def _avec_application(qui: Personne) -> Client:
    TOTP.activate(qui, generate_totp_secret())
    Authenticator.objects.filter(user=qui).update(created_at=timezone.now() - VALIDITE_SECOND_FACTEUR)
    return navigateur_de(qui, "password")


@pytest.mark.parametrize("nom", SANS_ARGUMENT)
def test_le_mot_de_passe_seul_ne_change_pas_un_second_facteur(aline: Personne, nom: str) -> None:
    navigateur = _avec_application(aline)
    for envoyer in (navigateur.get, navigateur.post):
        assert envoyer(reverse(nom))["Location"] == f"{reverse('mfa_reauthenticate')}?next={reverse(nom).replace('/', '%2F')}"
    assert Authenticator.objects.filter(user=aline, type="totp").exists()


@pytest.mark.parametrize("nom", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_ni_une_cle(aline: Personne, nom: str) -> None:
    cle = Authenticator.objects.create(user=aline, type="webauthn", data={"name": "Bureau", "credential": {}})
    navigateur = navigateur_de(aline, "password")
    assert navigateur.post(reverse(nom, args=[cle.pk]))["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(pk=cle.pk).exists()


@pytest.mark.parametrize("nom", sorted(MOYENS_ENVOYES))
def test_l_adresse_et_le_mot_de_passe_se_lisent_et_ne_s_envoient_pas(aline: Personne, nom: str) -> None:
    navigateur = _avec_application(aline)
    corps = {"action_add": "", "email": "pirate@essai.example", "oldpassword": MOT_DE_PASSE, "password1": "x", "password2": "x"}
    assert navigateur.post(reverse(nom), corps)["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not navigateur.get(reverse(nom)).get("Location", "").startswith(reverse("mfa_reauthenticate"))


def test_avec_le_second_facteur_recent_ou_sans_second_facteur_rien_ne_change(aline: Personne) -> None:
    assert navigateur_de(aline, "password").get(reverse("mfa_activate_totp")).status_code == 200
    TOTP.activate(aline, generate_totp_secret())
    assert navigateur_de(aline).get(reverse("mfa_deactivate_totp")).status_code == 200


def test_les_codes_de_secours_se_montrent_des_la_premiere_installation_et_cinq_minutes(aline: Personne) -> None:
    navigateur = _avec_application(aline)
    siens = Authenticator.objects.filter(user=aline, type="totp")
    siens.update(created_at=timezone.now() - VALIDITE_SECOND_FACTEUR + timedelta(seconds=30))
    assert navigateur.get(reverse(CODES_DE_SECOURS)).get("Location", "") == ""
    for nom in ("mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert navigateur.post(reverse(nom))["Location"].startswith(reverse("mfa_reauthenticate"))
    Authenticator.objects.create(user=aline, type="webauthn", data={"name": "Bureau", "credential": {}})
    siens.update(created_at=timezone.now() - VALIDITE_SECOND_FACTEUR)
    assert navigateur.get(reverse(CODES_DE_SECOURS))["Location"].startswith(reverse("mfa_reauthenticate"))
