"""Length of sessions and headers of every answer, through the whole chain of middleware."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from jalon.comptes.models import Personne
from jalon.web.composants.entetes import IntergicielEntetes
from jalon.web.composants.seance import CLE_DEBUT, CLE_VUE

DEPART = datetime(2026, 11, 23, 8, tzinfo=UTC)
PAGE = "/mentions-legales/"


@pytest.fixture
def connecte(client: Client) -> Client:
    with time_machine.travel(DEPART, tick=False):
        client.force_login(Personne.objects.create_user("aline@exemple.test", prenom="Aline"))
        client.get(PAGE)
    return client


def _est_connecte(client: Client, instant: datetime) -> bool:
    with time_machine.travel(instant, tick=False):
        return bool(client.get(PAGE).wsgi_request.user.is_authenticated)


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "reste"), [(1, True), (29, True), (30, True), (31, False), (600, False)])
def test_trente_minutes_sans_un_clic_ferment_la_seance(connecte: Client, minutes: int, reste: bool) -> None:
    assert _est_connecte(connecte, DEPART + timedelta(minutes=minutes)) is reste


@pytest.mark.django_db
def test_chaque_clic_prolonge_jusqu_a_dix_heures_au_plus(connecte: Client) -> None:
    for minutes in range(20, 600, 20):
        assert _est_connecte(connecte, DEPART + timedelta(minutes=minutes))
    assert _est_connecte(connecte, DEPART + timedelta(hours=10))
    assert not _est_connecte(connecte, DEPART + timedelta(hours=10, seconds=1))


@pytest.mark.django_db
def test_l_activite_ne_s_ecrit_qu_une_fois_par_minute(connecte: Client) -> None:
    with time_machine.travel(DEPART + timedelta(seconds=59), tick=False):
        connecte.get(PAGE)
        assert connecte.session[CLE_VUE] == int(DEPART.timestamp())
    with time_machine.travel(DEPART + timedelta(seconds=60), tick=False):
        connecte.get(PAGE)
        assert connecte.session[CLE_VUE] == int(DEPART.timestamp()) + 60
        assert connecte.session[CLE_DEBUT] == int(DEPART.timestamp())


@pytest.mark.django_db
def test_une_seance_fermee_ne_revient_pas_et_son_cookie_ne_vaut_plus_rien(connecte: Client, settings: Settings) -> None:
    ancien = connecte.cookies[settings.SESSION_COOKIE_NAME].value
    assert not _est_connecte(connecte, DEPART + timedelta(hours=1))
    voleur = Client()
    voleur.cookies[settings.SESSION_COOKIE_NAME] = ancien
    assert not _est_connecte(voleur, DEPART + timedelta(minutes=1))


@pytest.mark.django_db
def test_un_visiteur_n_a_ni_seance_ni_requete(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        reponse = client.get("/healthz")
    assert not reponse.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("chemin", [PAGE, "/healthz", "/inconnue", "/compte/login/"])
def test_chaque_reponse_porte_les_en_tetes(client: Client, chemin: str) -> None:
    reponse = client.get(chemin)
    assert "no-store" in reponse["Cache-Control"]
    assert "HX-Request" in reponse["Vary"]
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["X-Frame-Options"] == "DENY"
    assert reponse["Referrer-Policy"] == "same-origin"
    assert reponse["Cross-Origin-Opener-Policy"] == "same-origin"
    assert reponse["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in reponse["Permissions-Policy"]
    politique = reponse["Content-Security-Policy"]
    assert "default-src 'none'" in politique
    assert "frame-ancestors 'none'" in politique
    assert "unsafe" not in politique
    assert "http:" not in politique


def test_un_en_tete_choisi_par_la_page_est_garde_et_les_statiques_se_gardent_en_memoire(settings: Settings) -> None:
    def vue(requete: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "private, max-age=5"})

    def statique(requete: HttpRequest) -> HttpResponse:
        return HttpResponse()

    fabrique = RequestFactory()
    assert IntergicielEntetes(vue)(fabrique.get("/x"))["Cache-Control"] == "private, max-age=5"
    assert "Cache-Control" not in IntergicielEntetes(statique)(fabrique.get(f"{settings.STATIC_URL}app.css"))


def test_les_cookies_sont_fermes(settings: Settings) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.SESSION_COOKIE_AGE == settings.JALON_SEANCE_MAXIMUM == 10 * 3600
