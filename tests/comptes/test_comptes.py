"""People: one account per address whatever the case, secrets encrypted, the second factor that counts."""

from datetime import UTC, datetime

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as adaptateur_mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from pytest_django import Settings

from jalon.comptes.formulaires import Identite
from jalon.comptes.models import Personne
from jalon.comptes.requetes import (
    adresses_verifiees,
    noms,
    personne,
    personne_par_adresse,
    second_facteur_installe,
)
from jalon.socle.chiffre import ValeurIllisible
from jalon.socle.identifiants import nouvel_id

MOT_DE_PASSE = "une phrase assez longue"


def _aline(**champs: object) -> Personne:
    return Personne.objects.create_user(" Aline@Exemple.test", MOT_DE_PASSE, prenom="Aline", nom="Martin", **champs)


@pytest.mark.django_db
def test_une_adresse_se_range_en_minuscules_et_se_retrouve_sous_toute_casse() -> None:
    aline = _aline()
    assert aline.email == "aline@exemple.test"
    assert Personne.objects.get_by_natural_key("ALINE@exemple.TEST") == aline
    with pytest.raises(Personne.DoesNotExist):
        Personne.objects.get_by_natural_key(None)


@pytest.mark.django_db
@pytest.mark.parametrize("autre", ["aline@exemple.test", "ALINE@EXEMPLE.TEST"])
def test_la_base_refuse_deux_comptes_pour_une_adresse(autre: str) -> None:
    _aline()
    with pytest.raises(IntegrityError), transaction.atomic():
        Personne(email=autre).save(force_insert=True)


@pytest.mark.django_db
def test_un_mot_de_passe_est_hache_par_argon2_et_un_compte_sans_mot_de_passe_n_en_a_pas() -> None:
    aline = _aline()
    assert aline.password.startswith("argon2")
    assert aline.check_password(MOT_DE_PASSE)
    sans = Personne.objects.create_user("sans@exemple.test")
    assert not sans.has_usable_password()


@pytest.mark.parametrize(
    ("champs", "nom", "initiales"),
    [
        ({"prenom": "Aline", "nom": "Martin", "email": "a@b.test"}, "Aline Martin", "AM"),
        ({"nom": "Martin", "email": "a@b.test"}, "Martin", "M"),
        ({"email": "zoe@b.test"}, "zoe@b.test", "ZO"),
    ],
)
def test_le_nom_affiche(champs: dict[str, str], nom: str, initiales: str) -> None:
    assert (Personne(**champs).nom_complet, Personne(**champs).initiales, str(Personne(**champs))) == (nom, initiales, nom)


@pytest.mark.django_db
def test_un_compte_ferme_ne_se_trouve_plus() -> None:
    aline = _aline()
    EmailAddress.objects.create(user=aline, email=aline.email, verified=True, primary=True)
    assert personne(aline.id) == personne_par_adresse("Aline@exemple.test") == aline
    Personne.objects.update(is_active=False)
    assert personne(aline.id) is None
    assert personne_par_adresse("aline@exemple.test") is None
    assert personne(nouvel_id()) is None


@pytest.mark.django_db
def test_une_adresse_non_verifiee_ne_mene_a_personne() -> None:
    aline = _aline()
    EmailAddress.objects.create(user=aline, email="Aline@exemple.test", verified=True, primary=True)
    EmailAddress.objects.create(user=aline, email="autre@exemple.test", verified=False)
    assert personne_par_adresse("autre@exemple.test") is None
    assert adresses_verifiees(aline.id) == ["aline@exemple.test"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facteur", "compte"),
    [(None, False), ("recovery_codes", False), ("totp", True), ("webauthn", True)],
)
def test_les_codes_de_secours_seuls_ne_sont_pas_un_second_facteur(facteur: str | None, compte: bool) -> None:
    aline, autre = _aline(), Personne.objects.create_user("autre@exemple.test")
    if facteur:
        Authenticator.objects.create(user=aline, type=facteur, data={})
    assert second_facteur_installe(aline.id) is compte
    assert second_facteur_installe(autre.id) is False


@pytest.mark.django_db
def test_les_noms_se_lisent_en_une_requete(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    gens = [Personne.objects.create_user(f"p{i}@exemple.test", prenom=f"P{i}") for i in range(3)]
    with django_assert_num_queries(1):
        assert noms({p.id for p in gens} | {nouvel_id()}) == {p.id: p.prenom for p in gens}


@pytest.mark.django_db
def test_l_inscription_garde_prenom_et_nom() -> None:
    aline = Personne.objects.create_user("aline@exemple.test")
    formulaire = Identite({"prenom": "  Aline ", "nom": " Martin "})
    assert formulaire.is_valid()
    formulaire.signup(RequestFactory().get("/"), aline)
    aline.refresh_from_db()
    assert aline.nom_complet == "Aline Martin"


def test_l_inscription_sans_nom_dit_quoi_indiquer() -> None:
    assert dict(Identite({"prenom": " ", "nom": ""}).errors) == {
        "prenom": ["Indiquez votre prénom"],
        "nom": ["Indiquez votre nom"],
    }


def test_l_adaptateur_met_les_adresses_en_minuscules() -> None:
    assert get_adapter().clean_email("Aline@Exemple.TEST") == "aline@exemple.test"


@pytest.mark.parametrize(
    ("mandataires", "entetes", "adresse"),
    [
        (0, {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, "203.0.113.9"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 198.51.100.1"}, "198.51.100.1"),
        (1, {"REMOTE_ADDR": "203.0.113.9"}, "203.0.113.9"),
        (2, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"),
    ],
)
def test_l_adresse_du_client_ne_se_contrefait_pas(
    mandataires: int, entetes: dict[str, str], adresse: str, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = mandataires
    assert get_adapter().get_client_ip(RequestFactory().get("/", **entetes)) == adresse


def test_une_adresse_introuvable_est_refusee(settings: Settings) -> None:
    requete = RequestFactory().get("/")
    del requete.META["REMOTE_ADDR"]
    with pytest.raises(PermissionDenied):
        get_adapter().get_client_ip(requete)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    with pytest.raises(ImproperlyConfigured):
        get_adapter().get_client_ip(RequestFactory().get("/", HTTP_X_FORWARDED_FOR="1.2.3.4"))


def test_un_secret_de_second_facteur_est_chiffre_au_repos() -> None:
    chiffre = adaptateur_mfa().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in chiffre
    assert adaptateur_mfa().decrypt(chiffre) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(ValeurIllisible):
        adaptateur_mfa().decrypt("JBSWY3DPEHPK3PXP")


@pytest.mark.django_db
def test_on_entre_par_l_adresse_et_le_mot_de_passe_seulement(settings: Settings) -> None:
    aline = _aline(date_joined=datetime(2026, 11, 23, tzinfo=UTC))
    EmailAddress.objects.create(user=aline, email=aline.email, verified=True, primary=True)
    requete = RequestFactory().post("/")
    assert authenticate(requete, email="aline@exemple.test", password=MOT_DE_PASSE) == aline
    assert authenticate(requete, email="aline@exemple.test", password="autre") is None
    assert authenticate(requete, email="inconnue@exemple.test", password=MOT_DE_PASSE) is None
    Personne.objects.update(is_active=False)
    assert authenticate(requete, email="aline@exemple.test", password=MOT_DE_PASSE) is None
