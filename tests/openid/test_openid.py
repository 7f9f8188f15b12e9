"""OpenID sign-in against a real server: what opens, what links, and everything that is refused."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jalon.comptes.courriels import IdentiteChangee
from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.journal.models import Evenement
from jalon.web.connexion.fournisseur import identite
from jalon.web.connexion.jetons import Attendu, Cles, exiger_acr, lire_jeton
from tests.openid.conftest import Consigne
from tests.openid.serveur import CLIENT
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def aline() -> Personne:
    creee = Personne.objects.create_user("aline@essai.example", "une phrase assez longue", prenom="Aline", nom="Ferrand")
    EmailAddress.objects.create(user=creee, email=creee.email, verified=True, primary=True)
    TOTP.activate(creee, generate_totp_secret())
    return creee


def _aller(navigateur: Client, nom: str = "openid_entrer", **corps: str) -> str:
    """From our page to the server, and the address by which it sends back."""
    depart = navigateur.post(reverse(nom), corps)
    assert depart.status_code == 302, depart.content
    assert depart["Location"].startswith("http://127.0.0.1:"), depart["Location"]
    reponse = requests.get(depart["Location"], allow_redirects=False, timeout=10)
    assert reponse.status_code == 302, reponse.text[:500]
    retour = urlsplit(reponse.headers["Location"])
    assert f"{retour.scheme}://{retour.netloc}" == "http://localhost:8000"
    return f"{retour.path}?{retour.query}"


def _entrer(navigateur: Client, nom: str = "openid_entrer", **corps: str) -> HttpResponse:
    return navigateur.get(_aller(navigateur, nom, **corps))  # type: ignore[return-value]


def _lier(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    assert _entrer(navigateur, "openid_lier")["Location"] == reverse("openid_identite")
    assert SocialAccount.objects.filter(user=aline).count() == 1


def test_la_demande_porte_un_numero_un_etat_et_un_defi(consigne: Consigne) -> None:
    navigateur = Client()
    demandes = [parse_qs(urlsplit(navigateur.post(reverse("openid_entrer"))["Location"]).query) for _ in range(2)]
    for demande in demandes:
        assert demande["code_challenge_method"] == ["S256"]
        assert demande["scope"] == ["openid"]
        assert demande["acr_values"] == ["eidas2 eidas3"]
        assert demande["redirect_uri"] == ["http://localhost:8000/compte/openid/retour/"]
    for cle in ("nonce", "state", "code_challenge"):
        assert demandes[0][cle] != demandes[1][cle]
        assert len(demandes[0][cle][0]) >= 16


def test_rien_de_la_demande_ne_change_ce_qui_est_demande(consigne: Consigne) -> None:
    adresse = f"{reverse('openid_entrer')}?scope=email&auth_params=acr_values%3Dbas&process=connect"
    demande = parse_qs(urlsplit(Client().post(adresse)["Location"]).query)
    assert (demande["scope"], demande["acr_values"]) == (["openid"], ["eidas2 eidas3"])


def test_on_lie_puis_on_entre_et_le_second_facteur_reste_demande(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    lien = SocialAccount.objects.get()
    assert set(lien.extra_data) == {"iss", "sub", "acr"}
    assert lien.uid == identite(lien.extra_data["iss"], lien.extra_data["sub"])
    assert [e.code for e in Evenement.objects.tous("essai").order_by("le")] == ["compte.identite_liee"]
    assert Courriel.objects.filter(genre=IdentiteChangee.genre, adresse=aline.email).count() == 1
    navigateur = Client()
    assert _entrer(navigateur)["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in navigateur.session


def test_une_identite_inconnue_n_ouvre_ni_ne_cree_de_compte_meme_a_la_meme_adresse(consigne: Consigne, aline: Personne) -> None:
    for email in (aline.email, "inconnue@essai.example"):
        consigne(email=email)
        navigateur = Client()
        assert _entrer(navigateur)["Location"] == reverse("openid_inconnue")
        assert "_auth_user_id" not in navigateur.session
    assert Personne.objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert "reliée à aucun compte" in Client().get(reverse("openid_inconnue")).content.decode()


REFUS = [
    ("nonce", "numéro de la demande"), ("sans-nonce", "numéro de la demande"), ("aud", "InvalidAudienceError"),
    ("iss", "InvalidIssuerError"), ("perime", "ExpiredSignatureError"), ("plusieurs", "un autre programme"),
    ("sans-signature", "algorithme"), ("hs256", "algorithme"), ("altere", "InvalidSignatureError"),
    ("sans-identite", "sans identité"), ("sans-acr", "niveau"), ("informations-non-signees", "non signées"),
    ("informations-d-une-autre", "autre personne"), ("informations-pour-un-autre", "InvalidAudienceError"),
]  # fmt: skip


@pytest.mark.parametrize(("defaut", "raison"), REFUS)
def test_une_reponse_fautive_est_refusee(
    consigne: Consigne, aline: Personne, defaut: str, raison: str, caplog: pytest.LogCaptureFixture
) -> None:
    _lier(aline)
    navigateur = Client()
    consigne(defaut=defaut)
    reponse = _entrer(navigateur)
    assert reponse["Location"] == reverse("account_login")
    assert raison in caplog.text
    assert "eyJ" not in caplog.text
    assert "account_login" not in navigateur.session
    assert "n’a pas confirmé votre identité" in navigateur.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    ("acr", "ouvre"), [("eidas2", True), ("eidas3", True), ("eidas1", False), ("", False), ("EIDAS2", False)]
)
def test_le_niveau_declare_doit_etre_un_de_ceux_admis(consigne: Consigne, aline: Personne, acr: str, ouvre: bool) -> None:
    _lier(aline)
    consigne(acr=acr)
    assert (_entrer(Client())["Location"] == reverse("mfa_authenticate")) is ouvre


def test_un_etat_ne_sert_qu_une_fois_et_dans_son_navigateur(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    navigateur = Client()
    retour = _aller(navigateur)
    assert Client().get(retour)["Location"] == reverse("account_login")
    assert navigateur.get(retour)["Location"] == reverse("mfa_authenticate")
    assert navigateur.get(retour)["Location"] == reverse("account_login")


def test_un_code_vole_ne_sert_pas_dans_une_autre_demande(consigne: Consigne, aline: Personne) -> None:
    """PKCE: the code of one browser, with the state of another."""
    _lier(aline)
    victime, voleur = Client(), Client()
    code = parse_qs(urlsplit(_aller(victime)).query)["code"][0]
    etat = parse_qs(urlsplit(_aller(voleur)).query)["state"][0]
    assert voleur.get(reverse("openid_retour"), {"code": code, "state": etat})["Location"] == reverse("account_login")


def test_une_reponse_au_nom_d_un_autre_serveur_est_refusee(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    navigateur = Client()
    assert navigateur.get(f"{_aller(navigateur)}&iss=https%3A%2F%2Fautre.example")["Location"] == reverse("account_login")


def test_une_configuration_d_un_autre_emetteur_ne_fait_pas_partir(consigne: Consigne) -> None:
    consigne(defaut="autre-configuration")
    assert Client().post(reverse("openid_entrer"))["Location"] == reverse("account_login")


def test_un_serveur_muet_le_dit_et_ne_bloque_pas(consigne: Consigne, settings: Settings) -> None:
    settings.JALON_OPENID = type(settings.JALON_OPENID)("http://127.0.0.1:1", CLIENT, "s", ("eidas2",), "ProConnect")
    navigateur = Client()
    assert navigateur.post(reverse("openid_entrer"))["Location"] == reverse("account_login")
    assert "ProConnect ne répond pas" in navigateur.get(reverse("account_login")).content.decode()


def test_un_refus_de_la_personne_ramene_a_la_connexion(consigne: Consigne) -> None:
    navigateur = Client()
    etat = parse_qs(urlsplit(navigateur.post(reverse("openid_entrer"))["Location"]).query)["state"][0]
    reponse = navigateur.get(reverse("openid_retour"), {"error": "access_denied", "state": etat})
    assert reponse["Location"] == reverse("account_login")


def test_les_cles_du_serveur_changent_sans_rien_couper(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    assert caches["processus"].get("openid:cles:" + SocialAccount.objects.get().extra_data["iss"])
    consigne(cle="b")
    assert _entrer(Client())["Location"] == reverse("mfa_authenticate")


def test_lier_demande_une_confirmation_recente_au_depart_et_au_retour(consigne: Consigne, aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    retour = _aller(navigateur, "openid_lier")
    seance = navigateur.session
    seance["account_authentication_methods"] = [p | {"at": p["at"] - 301} for p in seance["account_authentication_methods"]]
    seance.save()
    assert navigateur.get(retour)["Location"] == reverse("openid_identite")
    assert not SocialAccount.objects.exists()
    assert reverse("mfa_reauthenticate") in navigateur.post(reverse("openid_lier"))["Location"]
    assert reverse("mfa_reauthenticate") in navigateur.post(reverse("openid_delier"))["Location"]


def test_lier_sans_etre_connecte_ne_lie_rien(consigne: Consigne, aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    retour = _aller(navigateur, "openid_lier")
    seance = navigateur.session
    del seance["_auth_user_id"]
    seance.save()
    assert navigateur.get(retour)["Location"] == reverse("account_login")
    assert not SocialAccount.objects.exists()


def test_une_identite_n_est_qu_a_un_compte_et_un_compte_n_en_a_qu_une(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    bruno = Personne.objects.create_user("bruno@essai.example")
    TOTP.activate(bruno, generate_totp_secret())
    chez_bruno = navigateur_de(bruno)
    _entrer(chez_bruno, "openid_lier")
    assert "déjà liée à un autre compte" in chez_bruno.get(reverse("openid_identite")).content.decode()
    consigne(qui="bruno")
    chez_aline = navigateur_de(aline)
    _entrer(chez_aline, "openid_lier")
    assert "déjà lié à une autre identité" in chez_aline.get(reverse("openid_identite")).content.decode()
    assert SocialAccount.objects.get().user_id == aline.id


def test_retirer_l_identite_la_ferme_au_retour_suivant(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    navigateur = navigateur_de(aline)
    assert navigateur.post(reverse("openid_delier"))["Location"] == reverse("openid_identite")
    navigateur.post(reverse("openid_delier"))
    assert Evenement.objects.tous("essai").filter(code="compte.identite_deliee").count() == 1
    assert _entrer(Client())["Location"] == reverse("openid_inconnue")


def test_le_courriel_d_un_moyen_change_ne_dit_rien_de_secret(aline: Personne) -> None:
    message = IdentiteChangee.charger(aline.id, Destinataire(aline.email, aline.id))
    assert message is not None
    texte, html = rendre(message, message.sujet())
    for page in (texte, html):
        assert "http://localhost:8000/compte/2fa/" in page
        assert "changez votre mot de passe" in page
        for secret in ("Ferrand", "{{", "{%", "eidas"):
            assert secret not in page
    Personne.objects.update(is_active=False)
    assert IdentiteChangee.charger(aline.id, Destinataire(aline.email, aline.id)) is None


def test_un_compte_ferme_n_entre_pas(consigne: Consigne, aline: Personne) -> None:
    _lier(aline)
    Personne.objects.update(is_active=False)
    navigateur = Client()
    assert _entrer(navigateur)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in navigateur.session


def test_la_suite_demandee_reste_chez_nous(consigne: Consigne) -> None:
    navigateur = Client()
    navigateur.post(reverse("openid_entrer"), {"next": "https://pirate.example/"})
    ((etat, _, _),) = navigateur.session["socialaccount_states"].values()
    assert "pirate" not in str(etat)


def test_sans_reglage_rien_n_existe(aline: Personne) -> None:
    assert "Continuer avec" not in Client().get(reverse("account_login")).content.decode()
    navigateur = navigateur_de(aline)
    for nom, methode in (
        ("openid_entrer", "post"), ("openid_retour", "get"), ("openid_inconnue", "get"), ("openid_identite", "get"),
        ("openid_lier", "post"), ("openid_delier", "post"),
    ):  # fmt: skip
        assert getattr(navigateur, methode)(reverse(nom)).status_code == 404, nom


def test_avec_reglage_la_connexion_et_la_securite_le_montrent(consigne: Consigne, aline: Personne) -> None:
    assert "Continuer avec ProConnect" in Client().get(reverse("account_login")).content.decode()
    assert reverse("openid_identite") in navigateur_de(aline).get(reverse("mfa_index")).content.decode()


def test_le_meme_sujet_chez_un_autre_emetteur_est_quelqu_un_d_autre() -> None:
    assert identite("https://a.example", "1") != identite("https://b.example", "1")
    assert identite("https://a.example", "1") == identite("https://a.example", "1")


def test_une_cle_inconnue_se_cherche_une_fois_et_une_cle_de_chiffrement_ne_signe_pas() -> None:
    appels: list[int] = []

    def telecharger() -> dict[str, Any]:
        appels.append(1)
        return {"keys": [{"kid": "k", "use": "enc", "kty": "RSA"}, {"kid": "s", "kty": "oct", "k": "eA"}]}

    cles = Cles(telecharger, caches["processus"], "essai")
    for kid in ("k", "s", "", "absente"):
        with pytest.raises(OAuth2Error, match="clé de signature inconnue"):
            cles(kid)
    assert len(appels) == 4


def test_ce_qui_n_est_pas_un_jeton_est_refuse() -> None:
    def jamais(kid: str) -> jwt.PyJWK:
        raise AssertionError(kid)

    for texte in ("", "a.b.c", "{}", "eyJhbGciOiJub25lIn0.e30."):
        with pytest.raises(OAuth2Error):
            lire_jeton(texte, Attendu("e", "c", "n"), jamais)
    with pytest.raises(OAuth2Error):
        exiger_acr({}, ("eidas2",))
