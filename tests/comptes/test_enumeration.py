"""Nothing says whether an address has an account: same answer, same work, something sent in both cases (exigences, T16)."""

import re
from collections.abc import Mapping

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.comptes.mots_de_passe import HacheurArgon2

pytestmark = pytest.mark.django_db
CONNUE, INCONNUE = "aline@essai.example", "elina@essai.example"
MOT_DE_PASSE = "une phrase assez longue"


@pytest.fixture(autouse=True)
def _aline() -> None:
    aline = Personne.objects.create_user(CONNUE, MOT_DE_PASSE, prenom="Aline", nom="Ferrand")
    EmailAddress.objects.create(user=aline, email=CONNUE, verified=True, primary=True)


def _sans_hasard(reponse: HttpResponse, adresse: str) -> str:
    page = re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]*"', "", reponse.content.decode())
    return page.replace(adresse, "…")


def _reponses(nom: str, corps: Mapping[str, str], champ: str) -> list[tuple[int, str, str, str]]:
    lues = []
    for adresse in (CONNUE, INCONNUE):
        cache.clear()
        navigateur = Client()
        reponse = navigateur.post(reverse(nom), {**corps, champ: adresse})
        suite = navigateur.get(reponse["Location"]) if reponse.status_code == 302 else reponse
        lues.append(
            (reponse.status_code, reponse.get("Location", ""), _sans_hasard(reponse, adresse), _sans_hasard(suite, adresse))
        )  # type: ignore[arg-type]
    return lues


@pytest.mark.parametrize(
    ("nom", "corps", "champ"),
    [
        ("account_login", {"password": "pas le bon mot de passe"}, "login"),
        ("account_reset_password", {}, "email"),
        (
            "account_signup",
            {"prenom": "Zoé", "nom": "Quint", "password1": "tournesol pivoine glaive", "password2": "tournesol pivoine glaive"},
            "email",
        ),
    ],
)
def test_la_meme_reponse_que_l_adresse_ait_un_compte_ou_non(nom: str, corps: dict[str, str], champ: str) -> None:
    connue, inconnue = _reponses(nom, corps, champ)
    assert connue == inconnue


def test_le_meme_travail_de_hachage_pour_une_adresse_connue_ou_non(monkeypatch: pytest.MonkeyPatch) -> None:
    hachages: list[str] = []
    encoder, verifier = HacheurArgon2.encode, HacheurArgon2.verify

    def encode(self: HacheurArgon2, password: str, salt: str) -> str:
        hachages.append("un")
        return encoder(self, password, salt)

    def verify(self: HacheurArgon2, password: str, encoded: str) -> bool:
        hachages.append("un")
        return verifier(self, password, encoded)

    monkeypatch.setattr(HacheurArgon2, "encode", encode)
    monkeypatch.setattr(HacheurArgon2, "verify", verify)
    nombres = []
    for adresse in (CONNUE, INCONNUE):
        hachages.clear()
        Client().post(reverse("account_login"), {"login": adresse, "password": "pas le bon mot de passe"})
        nombres.append(len(hachages))
    assert nombres == [1, 1]


@pytest.mark.parametrize("adresse", [CONNUE, INCONNUE])
def test_mot_de_passe_oublie_ecrit_dans_les_deux_cas(adresse: str, mailoutbox: list[EmailMessage]) -> None:
    Client().post(reverse("account_reset_password"), {"email": adresse})
    assert [m.to for m in mailoutbox] == [[adresse]]


def test_la_page_qui_suit_ne_dit_pas_si_le_compte_existe() -> None:
    html = Client().get(reverse("account_reset_password_done")).content.decode()
    assert "Si un compte existe à cette adresse" in html
