"""Bad input in the pages of an account: allauth's forms, our words, 422, and everything but secrets comes back."""

from collections.abc import Callable, Mapping

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from tests.saisies.lecture import Page, postes
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "une phrase assez longue"
ADRESSE = "aline@essai.example"
COMPLETE = "Indiquez une adresse électronique complète, par exemple prenom.nom@entreprise.fr"
COURT = "Choisissez un mot de passe de 15 caractères au moins, par exemple quatre mots"
FAUX_CODE = "Ce code ne correspond pas. Vérifiez-le, ou attendez le suivant"
FAUX_MOT_DE_PASSE = "Ce mot de passe ne correspond pas à votre compte"
CLE_MUETTE = (
    "Votre clé d’accès n’a pas répondu, ou n’a pas vérifié que c’est bien vous (empreinte, visage ou code de l’appareil). "
    "Recommencez, ou prenez votre autre second facteur"
)
IDENTITE = {"prenom": "Aline", "nom": "Ferrand", "email": "autre@essai.example"}
NEUF = {"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE}

Faute = tuple[Mapping[str, str], Mapping[str, str]]


def nouveau_mot_de_passe(**autres: str) -> list[Faute]:
    """What every form that sets a password refuses."""
    return [
        ({**autres, **NEUF, "password1": ""}, {"password1": "Indiquez un mot de passe"}),
        ({**autres, **NEUF, "password2": ""}, {"password2": "Indiquez une seconde fois le mot de passe"}),
        ({**autres, "password1": "court", "password2": "court"}, {"password1": COURT}),
        (
            {**autres, "password1": "123456789012345678", "password2": "123456789012345678"},
            {"password1": "Ajoutez des lettres\u00a0: des chiffres seuls se devinent"},
        ),
        (
            {**autres, **NEUF, "password2": "une autre phrase longue"},
            {"password2": "Les deux mots de passe diffèrent. Saisissez deux fois le même"},
        ),
    ]


VISITEUR: dict[str, list[Faute]] = {
    "account_login": [
        (
            {"login": "", "password": ""},
            {"login": "Indiquez votre adresse électronique", "password": "Indiquez votre mot de passe"},
        ),
        ({"login": "aline", "password": "x"}, {"login": COMPLETE}),
        (
            {"login": ADRESSE, "password": "autre chose"},
            {"": "L’adresse ou le mot de passe ne correspondent pas. Vérifiez-les, ou demandez un nouveau mot de passe"},
        ),
    ],
    "account_signup": [
        ({**IDENTITE, **NEUF, "prenom": ""}, {"prenom": "Indiquez votre prénom"}),
        ({**IDENTITE, **NEUF, "nom": ""}, {"nom": "Indiquez votre nom"}),
        ({**IDENTITE, **NEUF, "prenom": "A" * 81}, {"prenom": "80 caractères au plus\u00a0: il y en a 1 de trop"}),
        ({**IDENTITE, **NEUF, "nom": "A" * 99}, {"nom": "80 caractères au plus\u00a0: il y en a 19 de trop"}),
        ({**IDENTITE, **NEUF, "email": ""}, {"email": "Indiquez votre adresse électronique"}),
        ({**IDENTITE, **NEUF, "email": "aline@"}, {"email": COMPLETE}),
        *nouveau_mot_de_passe(**IDENTITE),
    ],
    "account_reset_password": [
        ({"email": ""}, {"email": "Indiquez votre adresse électronique"}),
        ({"email": "aline"}, {"email": COMPLETE}),
    ],
}
CONNECTE: dict[str, list[Faute]] = {
    "account_email": [
        ({"action_add": "", "email": ""}, {"email": "Indiquez votre adresse électronique"}),
        ({"action_add": "", "email": "aline"}, {"email": COMPLETE}),
        ({"action_add": "", "email": ADRESSE}, {"email": "Cette adresse est déjà la vôtre"}),
    ],
    "account_change_password": [
        ({**NEUF, "oldpassword": ""}, {"oldpassword": "Indiquez votre mot de passe actuel"}),
        ({**NEUF, "oldpassword": "autre"}, {"oldpassword": FAUX_MOT_DE_PASSE}),
        *nouveau_mot_de_passe(oldpassword=MOT_DE_PASSE),
    ],
    "account_reauthenticate": [
        ({"password": ""}, {"password": "Indiquez votre mot de passe"}),
        ({"password": "autre"}, {"password": FAUX_MOT_DE_PASSE}),
    ],
    "mfa_activate_totp": [({"code": ""}, {"code": "Indiquez le code"}), ({"code": "12"}, {"code": FAUX_CODE})],
    "mfa_add_webauthn": [({"name": "Bureau", "credential": ""}, {"": CLE_MUETTE})],
}
SEANCES: dict[str, list[Faute]] = {
    "account_set_password": nouveau_mot_de_passe(),
    "mfa_reauthenticate": [({"code": ""}, {"code": "Indiquez le code"}), ({"code": "123"}, {"code": FAUX_CODE})],
    "mfa_authenticate": [({"code": ""}, {"code": "Indiquez le code"}), ({"code": "123"}, {"code": FAUX_CODE})],
    "mfa_edit_webauthn": [({"name": ""}, {"name": "Indiquez un nom"})],
    "account_email_verification_sent": [
        ({"code": ""}, {"code": "Indiquez le code"}),
        ({"code": "XYZ"}, {"code": FAUX_CODE}),
    ],
    "account_reset_password_from_key": nouveau_mot_de_passe(),
}
COMPTES = {**VISITEUR, **CONNECTE}
SANS_CASE = {
    "account_logout": "un bouton",
    "account_inactive": "une page",
    "account_confirm_login_code": "la connexion par code n’est pas ouverte",
    "account_reset_password_done": "une page",
    "account_reset_password_from_key_done": "une page",
    "mfa_index": "une page",
    "mfa_deactivate_totp": "un bouton",
    "mfa_view_recovery_codes": "une page",
    "mfa_generate_recovery_codes": "un bouton",
    "mfa_download_recovery_codes": "un fichier",
    "mfa_list_webauthn": "une page",
    "mfa_reauthenticate_webauthn": "le navigateur répond pour la personne, un refus ramène à la connexion",
    "mfa_remove_webauthn": "un bouton",
    "mfa_login_webauthn": "le navigateur répond pour la personne, un refus ramène à la connexion",
    "usersessions_list": "un bouton",
}


def _compte(mot_de_passe: str | None = MOT_DE_PASSE) -> Personne:
    aline = Personne.objects.create_user(ADRESSE, mot_de_passe, prenom="Aline", nom="Ferrand")
    EmailAddress.objects.create(user=aline, email=ADRESSE, verified=True, primary=True)
    return aline


def _fautes(table: Mapping[str, list[Faute]]) -> list[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    return [(nom, corps, phrases) for nom, fautes in table.items() for corps, phrases in fautes]


def _juger(navigateur: Client, adresse: str, corps: Mapping[str, str], phrases: Mapping[str, str]) -> None:
    reponse = navigateur.post(adresse, corps)
    assert reponse.status_code == 422, reponse.get("Location", "")
    page = Page(reponse.content.decode())
    assert page.titre.startswith("Erreur\u00a0: ")
    assert sorted(phrase for _, phrase in page.resume) == sorted(phrases.values())
    for champ, phrase in phrases.items():
        (ancre,) = (a for a, dite in page.resume if dite == phrase)
        if champ:
            boite = page.par_id(ancre)
            assert boite.get("name") == champ
            assert phrase in page.dit_de(boite)
            assert boite.get("aria-invalid") == "true"
    for nom, valeurs in postes(corps):
        assert set(valeurs) <= set(page.valeurs(nom)) or nom == "action_add"
    for secret in ("password", "password1", "password2", "oldpassword"):
        assert not any(page.valeurs(secret))


@pytest.mark.parametrize(("nom", "corps", "phrases"), _fautes(VISITEUR))
def test_un_visiteur(nom: str, corps: Mapping[str, str], phrases: Mapping[str, str]) -> None:
    _compte()
    _juger(Client(), reverse(nom), corps, phrases)


@pytest.mark.parametrize(("nom", "corps", "phrases"), _fautes(CONNECTE))
def test_une_personne_connectee(nom: str, corps: Mapping[str, str], phrases: Mapping[str, str]) -> None:
    _juger(navigateur_de(_compte(), "password"), reverse(nom), corps, phrases)


def _sans_mot_de_passe() -> tuple[Client, str]:
    return navigateur_de(_compte(None), "password"), reverse("account_set_password")


def _avec_application() -> Personne:
    aline = _compte()
    TOTP.activate(aline, generate_totp_secret())
    return aline


def _confirmation() -> tuple[Client, str]:
    return navigateur_de(_avec_application()), reverse("mfa_reauthenticate")


def _second_temps_de_la_connexion() -> tuple[Client, str]:
    _avec_application()
    navigateur = Client()
    reponse = navigateur.post(reverse("account_login"), {"login": ADRESSE, "password": MOT_DE_PASSE})
    assert reponse["Location"].startswith(reverse("mfa_authenticate"))
    return navigateur, reverse("mfa_authenticate")


def _renommer_une_cle() -> tuple[Client, str]:
    aline = _compte()
    donnees = {"name": "Bureau", "credential": {}}
    cle = Authenticator.objects.create(user=aline, type=Authenticator.Type.WEBAUTHN, data=donnees)
    return navigateur_de(aline), reverse("mfa_edit_webauthn", args=[cle.pk])


def _adresse_a_confirmer() -> tuple[Client, str]:
    navigateur = Client()
    reponse = navigateur.post(reverse("account_signup"), {**IDENTITE, **NEUF})
    assert reponse["Location"] == reverse("account_email_verification_sent")
    return navigateur, reponse["Location"]


def _lien_recu() -> tuple[Client, str]:
    aline, navigateur = _compte(), Client()
    cle = default_token_generator.make_token(aline)
    lien = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(aline), cle])
    return navigateur, navigateur.get(lien)["Location"]


MISES_EN_PLACE: dict[str, Callable[[], tuple[Client, str]]] = {
    "account_set_password": _sans_mot_de_passe,
    "mfa_reauthenticate": _confirmation,
    "mfa_authenticate": _second_temps_de_la_connexion,
    "mfa_edit_webauthn": _renommer_une_cle,
    "account_email_verification_sent": _adresse_a_confirmer,
    "account_reset_password_from_key": _lien_recu,
}


@pytest.mark.parametrize(("nom", "corps", "phrases"), _fautes(SEANCES))
def test_une_etape_en_cours(nom: str, corps: Mapping[str, str], phrases: Mapping[str, str]) -> None:
    navigateur, adresse = MISES_EN_PLACE[nom]()
    _juger(navigateur, adresse, corps, phrases)


def test_chaque_etape_a_sa_mise_en_place() -> None:
    assert MISES_EN_PLACE.keys() == SEANCES.keys()
