"""Public pages, the two services of the shell, account pages, and the style guide: valid, one title, honest."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jalon.comptes.models import Personne
from jalon.socle.horloge import maintenant
from tests.web.composants.conftest import page_valide

PUBLIQUES = ["/aide/connexion/", "/accessibilite/", "/donnees-personnelles/", "/mentions-legales/"]
VISITEUR = ["/compte/login/", "/compte/signup/", "/compte/password/reset/", "/compte/password/reset/done/"]
CONNECTEE = [
    "/compte/2fa/",
    "/compte/email/",
    "/compte/password/change/",
    "/compte/sessions/",
    "/compte/logout/",
    "/compte/cle-d-acces/",
    "/compte/second-facteur-perdu/",
    "/compte/reauthenticate/",
    "/seance/",
]


@pytest.fixture
def visiteur() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def aline(db: None, visiteur: Client) -> Client:
    visiteur.force_login(
        Personne.objects.create_user("aline@exemple.fr", "une phrase assez longue", prenom="Aline", nom="Martin")
    )
    return visiteur


def _titre(html: str) -> str:
    return re.findall(r"<title>(.*?)</title>", html, re.DOTALL)[0]


@pytest.mark.parametrize("adresse", [*PUBLIQUES, "/demo/composants", "/demo/saisie"])
def test_une_page_publique_est_valide_et_n_interroge_pas_la_base(visiteur: Client, adresse: str) -> None:
    reponse = visiteur.get(adresse)
    assert reponse.status_code == 200
    html = reponse.content.decode()
    page_valide(html)
    assert html.count("<h1") == 1
    assert _titre(html).endswith(" — Jalon")
    assert len(reponse.content) <= 80 * 1024


@pytest.mark.parametrize("adresse", VISITEUR)
@pytest.mark.django_db
def test_une_page_de_compte_est_valide(visiteur: Client, adresse: str) -> None:
    html = visiteur.get(adresse).content.decode()
    page_valide(html)
    assert html.count("<h1") == 1
    assert "Veuillez" not in html


@pytest.mark.parametrize("adresse", CONNECTEE)
def test_une_page_de_mon_compte_est_valide(aline: Client, adresse: str) -> None:
    reponse = aline.get(adresse)
    assert reponse.status_code == 200
    html = reponse.content.decode()
    page_valide(html)
    assert html.count("<h1") == 1
    assert "Veuillez" not in html


@pytest.mark.django_db
def test_une_connexion_refusee_dit_comment_faire(visiteur: Client) -> None:
    reponse = visiteur.post("/compte/login/", {"login": "x@exemple.fr", "password": "une phrase quelconque"})
    html = reponse.content.decode()
    page_valide(html)
    assert _titre(html).startswith("Erreur&nbsp;: Connexion")
    assert "L’adresse ou le mot de passe ne correspondent pas" in html
    assert html.index("errsum") < html.index("<h1")
    assert 'value="x@exemple.fr"' in html
    assert "une phrase quelconque" not in html


@pytest.mark.django_db
def test_une_inscription_vide_nomme_chaque_champ(visiteur: Client) -> None:
    html = visiteur.post("/compte/signup/", {}).content.decode()
    page_valide(html)
    for phrase in (
        "Indiquez votre prénom",
        "Indiquez votre nom",
        "Indiquez votre adresse électronique",
        "Indiquez un mot de passe",
    ):
        assert html.count(phrase) >= 2, "dans le résumé et sous le champ"


def test_l_accessibilite_est_dite_sans_promesse(visiteur: Client) -> None:
    html = visiteur.get("/accessibilite/").content.decode()
    assert "audit à venir" in html
    assert "aucun taux de conformité" in html
    assert "Défenseur des droits" in html
    assert not re.search(r"(totalement|partiellement) conforme", html)


def test_security_txt(visiteur: Client) -> None:
    reponse = visiteur.get("/.well-known/security.txt")
    lignes = dict(ligne.split(": ", 1) for ligne in reponse.content.decode().splitlines())
    assert reponse["Content-Type"].startswith("text/plain")
    assert lignes["Contact"].endswith("/contact/")
    assert datetime.fromisoformat(lignes["Expires"]) > maintenant()
    assert lignes["Canonical"].endswith("/.well-known/security.txt")


@pytest.mark.django_db
def test_la_racine_mene_un_visiteur_a_la_connexion(visiteur: Client) -> None:
    reponse = visiteur.get("/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/compte/login/")


def test_la_racine_mene_une_personne_a_son_accueil(aline: Client) -> None:
    assert aline.get("/")["Location"] == "/accueil/"


@pytest.mark.parametrize(("avant", "apres"), [("", "dark"), ("dark", "light"), ("light", "dark")])
def test_le_theme_se_change_sans_script(visiteur: Client, avant: str, apres: str) -> None:
    if avant:
        visiteur.cookies["theme"] = avant
    reponse = visiteur.post("/theme/", headers={"referer": "http://localhost/accessibilite/"})
    assert reponse["Location"] == "http://localhost/accessibilite/"
    assert reponse.cookies["theme"].value == apres
    assert f'data-theme="{apres}"' in visiteur.get("/accessibilite/").content.decode()


def test_le_theme_ne_renvoie_pas_ailleurs(visiteur: Client) -> None:
    assert visiteur.post("/theme/", headers={"referer": "https://ailleurs.example/"})["Location"] == "/"
    assert "theme" not in visiteur.post("/theme/", {"theme": "rose"}).cookies
    assert visiteur.get("/theme/").status_code == 405


def test_la_seance_donne_un_jeton_neuf_a_qui_est_connecte(aline: Client) -> None:
    html = aline.get("/seance/").content.decode()
    assert "data-seance-ouverte" in html
    assert 'hx-headers=\'{"X-CSRFToken": "' in html
    assert "data-personne=" in html


@pytest.mark.django_db
def test_la_seance_renvoie_un_visiteur_a_la_connexion(visiteur: Client) -> None:
    assert visiteur.get("/seance/")["Location"].startswith("/compte/login/")


@pytest.mark.parametrize("statut", [400, 403, 404, 409, 422, 429, 500, 503])
def test_le_guide_montre_chaque_page_d_erreur(visiteur: Client, statut: int) -> None:
    assert visiteur.get(f"/demo/erreurs/{statut}").status_code == statut


def test_le_guide_montre_une_saisie_refusee(visiteur: Client) -> None:
    reponse = visiteur.get("/demo/saisie?erreurs")
    assert reponse.status_code == 422
    html = reponse.content.decode()
    page_valide(html)
    assert _titre(html).startswith("Erreur&nbsp;: ")
    assert 'value="123 456"' in html, "ce qui a été saisi reste"


def test_le_guide_n_existe_pas_hors_demonstration(visiteur: Client, settings: Any) -> None:
    settings.JALON_DEMO = False
    for adresse in ("/demo/composants", "/demo/saisie", "/demo/erreurs/404"):
        assert visiteur.get(adresse).status_code == 404
