"""What a person gets for each error: a page that says what to do, a fragment for htmx, and nothing typed is lost."""

import re
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from allauth.core.ratelimit import respond_429
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import include, path

from jalon.socle import erreurs as metier
from jalon.web.composants import erreurs
from jalon.web.composants.coquille import Compte, Coquille
from tests.web.composants.conftest import page_valide

PAR_NOM: dict[str, Exception] = {
    "introuvable": metier.Introuvable(),
    "404": Http404("x"),
    "droit": metier.DroitManquant("Demandez le droit d’envoi à Camille Ferrand"),
    "suspendu": metier.AccesSuspendu("L’OPCO a coupé cet accès"),
    "refus": PermissionDenied("Compte fermé"),
    "transition": metier.TransitionImpossible("Ce dossier est déjà transmis"),
    "conflit": metier.ConflitDeVersion("Cette rubrique a changé", en_base={}, saisi={"Intitulé": "Hygiène"}, par="Sonia Brunet"),
    "saisie": metier.SaisieRefusee("Le SIRET comporte 14 chiffres, il en manque 2"),
    "saisies": metier.SaisiesRefusees({"a": "Indiquez le nom", "b": "Indiquez la date"}),
    "empechements": metier.Empechements("Trois choses manquent", []),
    "essais": metier.TropDEssais("Cinq essais par jour"),
    "autre": metier.ErreurMetier("Autre refus"),
    "operation": OperationalError("connexion perdue"),
    "interface": InterfaceError("connexion fermée"),
    "psycopg": psycopg.OperationalError("connexion perdue"),
    "malformee": SuspiciousOperation("x"),
    "enorme": RequestDataTooBig("x"),
    "panne": ZeroDivisionError("secret de fabrication"),
    "second": metier.SecondFacteurRequis(),
}


def lever(request: HttpRequest, nom: str) -> HttpResponse:
    if "coquille" in request.GET:
        request.coquille = Coquille(perimetre="Bellerive", compte=Compte("Aline Martin", "AM", "a@b.fr"))  # type: ignore[attr-defined]
    raise PAR_NOM[nom]


def vers_la_connexion(request: HttpRequest) -> HttpResponse:
    return redirect("account_login")


urlpatterns = [
    path("lever/<str:nom>", lever),
    path("api/lever/<str:nom>", lever),
    path("perdu", vers_la_connexion),
    path("", include("jalon.config.urls")),
]
handler400 = erreurs.page_400
handler403 = erreurs.page_403
handler404 = erreurs.page_404
handler500 = erreurs.page_500

ATTENDUS = [
    ("introuvable", 404, "Nous ne trouvons pas cette page"),
    ("404", 404, "Nous ne trouvons pas cette page"),
    ("droit", 403, "Demandez le droit d’envoi à Camille Ferrand."),
    ("suspendu", 403, "Votre accès est suspendu"),
    ("refus", 403, "Compte fermé."),
    ("transition", 409, "Ce dossier est déjà transmis."),
    ("conflit", 409, "Sonia Brunet a modifié la même rubrique."),
    ("saisie", 422, "il en manque 2."),
    ("saisies", 422, "<li>Indiquez la date.</li>"),
    ("empechements", 422, "Trois choses manquent."),
    ("essais", 429, "Cinq essais par jour."),
    ("autre", 422, "Autre refus."),
    ("operation", 503, "Le portail revient dans un instant"),
    ("interface", 503, "Le portail revient dans un instant"),
    ("psycopg", 503, "Le portail revient dans un instant"),
    ("malformee", 400, "Nous n’avons pas compris cette demande"),
    ("enorme", 413, "10 Mo par fichier"),
    ("panne", 500, "citez cette référence"),
]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"host": "localhost"})


@pytest.mark.parametrize(("nom", "statut", "phrase"), ATTENDUS)
def test_chaque_erreur_a_sa_page(client: Client, nom: str, statut: int, phrase: str) -> None:
    reponse = client.get(f"/lever/{nom}")
    html = reponse.content.decode()
    assert reponse.status_code == statut
    page_valide(html)
    assert phrase in html
    assert html.count("<h1") == 1
    assert 'class="brand"' in html, "l’en-tête reste"
    assert 'href="/contact/"' in html, "l’aide reste"
    assert "secret de fabrication" not in html
    assert "no-store" in reponse["Cache-Control"]


@pytest.mark.parametrize(("nom", "statut", "phrase"), ATTENDUS)
def test_htmx_recoit_un_fragment_pour_la_zone_d_alerte(client: Client, nom: str, statut: int, phrase: str) -> None:
    reponse = client.get(f"/lever/{nom}", headers={"HX-Request": "true"})
    assert reponse.status_code == statut
    assert reponse["HX-Retarget"] == "#alerte"
    assert reponse["HX-Reswap"] == "innerHTML"
    html = reponse.content.decode()
    assert html.startswith('<div class="note')
    assert "<html" not in html
    assert re.sub(r"<[^>]+>|\s", "", html)


def test_ce_qui_manque_et_ce_qui_est_a_autrui_ne_se_distinguent_pas(client: Client) -> None:
    def sans_jeton(adresse: str) -> str:
        html = client.get(adresse).content.decode()
        jeton = re.findall(r'X-CSRFToken": "([^"]+)"', html)[0]
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html.replace(jeton, ""))

    assert sans_jeton("/lever/introuvable") == sans_jeton("/nulle/part")


def test_la_coquille_de_la_personne_reste_autour_de_l_erreur(client: Client) -> None:
    html = client.get("/lever/droit?coquille").content.decode()
    page_valide(html)
    assert "Bellerive" in html
    assert 'class="rail"' in html


def test_une_base_absente_rend_ce_qui_a_ete_saisi(client: Client) -> None:
    piege = '"><script>alert(1)</script>'
    reponse = client.post(
        "/lever/operation?a=1", {"titre": piege, "publics": ["c", "e"], "password": "mot de passe", "texte": "un\ndeux"}
    )
    html = reponse.content.decode()
    page_valide(html)
    assert reponse["Retry-After"] == "15"
    assert '<form method="post" action="/lever/operation?a=1">' in html
    assert html.count('name="publics"') == 2
    assert "un\ndeux" in html
    assert "<script>alert" not in html
    assert "mot de passe" not in html
    assert "Réessayer</button>" in html


def test_une_base_absente_pendant_un_bouton_seul_se_reessaie_de_meme(client: Client) -> None:
    """« Transmettre » has no box to fill: the button again, not a link that the address would refuse."""
    html = client.post("/lever/operation", {"csrfmiddlewaretoken": "jeton-de-la-page"}).content.decode()
    page_valide(html)
    assert '<form method="post" action="/lever/operation">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="jeton-de-la-page">' in html
    assert "Réessayer</button>" in html
    assert "Réessayer</a>" in client.get("/lever/operation").content.decode()


def test_une_panne_pendant_un_envoi_rend_la_saisie_et_le_bouton(client: Client) -> None:
    html = client.post("/lever/panne", {"titre": "Hygiène", "csrfmiddlewaretoken": "jeton-de-la-page"}).content.decode()
    page_valide(html)
    assert '<form method="post" action="/lever/panne">' in html
    assert '<input type="hidden" name="titre" value="Hygiène">' in html
    assert "est gardé dans cette page" in html
    assert "Réessayer</button>" in html
    assert "Réessayer</a>" in client.get("/lever/panne").content.decode()


def test_une_base_absente_ne_demande_rien_a_la_base(client: Client) -> None:
    """No database mark on this test: any query would fail it."""
    assert client.get("/lever/operation").status_code == 503
    assert client.get("/lever/panne").status_code == 500


def test_une_base_absente_hors_d_une_vue_est_aussi_une_attente(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def perdre(*_: object) -> None:
        raise OperationalError("connexion perdue")

    monkeypatch.setattr("jalon.web.composants.seance.IntergicielSeance.__call__", perdre)
    reponse = client.post("/lever/droit", {"titre": "Hygiène"})
    assert reponse.status_code == 503
    assert 'value="Hygiène"' in reponse.content.decode()


def test_la_reference_d_une_panne_est_dans_le_journal(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    html = client.get("/lever/panne").content.decode()
    (reference,) = re.findall(r'<strong class="num">([0-9A-F]{12})</strong>', html)
    assert reference in caplog.text


def test_le_second_facteur_est_demande_puis_l_on_revient(client: Client) -> None:
    reponse = client.get("/lever/second?x=1")
    assert reponse.status_code == 302
    assert reponse["Location"] == "/compte/2fa/reauthenticate/?next=%2Flever%2Fsecond%3Fx%3D1"


@pytest.mark.parametrize(
    ("origine", "retour"),
    [
        ("http://localhost/rib/ajouter", "%2Frib%2Fajouter"),
        ("https://ailleurs.example/x", "%2Flever%2Fsecond"),
        ("", "%2Flever%2Fsecond"),
    ],
)
def test_apres_un_envoi_on_revient_au_formulaire_du_portail_seulement(client: Client, origine: str, retour: str) -> None:
    reponse = client.post("/lever/second", headers={"referer": origine})
    assert reponse["Location"].endswith(f"next={retour}")


def test_htmx_est_mene_au_second_facteur_par_un_en_tete(client: Client) -> None:
    reponse = client.post("/lever/second", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/e/1/rib/"})
    assert reponse.status_code == 204
    assert reponse["HX-Redirect"] == "/compte/2fa/reauthenticate/?next=%2Fe%2F1%2Frib%2F"


def test_une_seance_perdue_est_un_401_pour_htmx_seulement(client: Client) -> None:
    assert client.get("/perdu").status_code == 302
    assert client.get("/perdu", headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(
    ("nom", "statut"), [("404", 404), ("panne", 500), ("operation", 503), ("refus", 403), ("malformee", 400)]
)
def test_l_api_repond_en_probleme(client: Client, nom: str, statut: int) -> None:
    reponse = client.get(f"/api/lever/{nom}")
    assert reponse.status_code == statut
    assert reponse["Content-Type"] == "application/problem+json"
    assert reponse.json() == {"type": "about:blank", "status": statut}


@pytest.mark.parametrize(("origine", "garde"), [("http://localhost", True), ("https://ailleurs.example", False), ("", False)])
def test_un_jeton_refuse_ne_rend_la_saisie_qu_a_nos_pages(settings: Any, origine: str, garde: bool) -> None:
    settings.ROOT_URLCONF = __name__
    severe = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    reponse = severe.post("/lever/droit", {"titre": "Hygiène", "credential": "x"}, headers={"origin": origine} if origine else {})
    html = reponse.content.decode()
    page_valide(html)
    assert reponse.status_code == 403
    assert "trop ancienne" in html
    assert ('value="Hygiène"' in html) is garde
    assert "credential" not in html


def test_un_jeton_refuse_a_htmx_rouvre_la_connexion(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    reponse = Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/lever/droit", headers={"HX-Request": "true"})
    assert reponse.status_code == 401


def test_la_limite_des_comptes_a_sa_page(requete: HttpRequest, settings: Any) -> None:
    settings.ROOT_URLCONF = "jalon.config.urls"
    reponse = respond_429(requete)
    assert reponse.status_code == 429
    assert "La limite est atteinte" in reponse.content.decode()


def test_chaque_erreur_metier_a_un_statut() -> None:
    classes = [c for c in vars(metier).values() if isinstance(c, type) and issubclass(c, metier.ErreurMetier)]
    couvertes = {classe for classe, _ in erreurs.STATUTS} | {metier.ErreurMetier, metier.SecondFacteurRequis}
    assert set(classes) <= couvertes, SimpleNamespace(manquent=set(classes) - couvertes)
