"""Shared fixtures: database, clock, actors."""

import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.template.loader import render_to_string
from django.urls import resolve
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from jalon.socle.erreurs import SaisieRefusee
from tests.base_de_tests import copier_modele
from tests.cases import refuser_avec_sa_case


def nom_base() -> str:
    """The database of this test process."""
    return f"jalon_{os.environ.get('PYTEST_XDIST_WORKER', 'seul')}"


def diriger_vers(nom: str) -> None:
    """Make the connection of the tests speak to another database of the cluster."""
    connexion = connections["default"]
    connexion.close()
    connexion.settings_dict["NAME"] = nom
    settings.DATABASES["default"]["NAME"] = nom


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database per test process, copied from the migrated template."""
    copier_modele(nom_base())
    diriger_vers(nom_base())
    yield
    with django_db_blocker.unblock():
        connections["default"].close()


@pytest.fixture
def base_reelle(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database where commits are real (threads, processes); gives its libpq URL."""
    nom = f"{nom_base()}_reelle"
    copier_modele(nom)
    diriger_vers(nom)
    with django_db_blocker.unblock():
        yield os.environ["DATABASE_URL"].replace("/jalon_modele?", f"/{nom}?")
        connections["default"].close()
    diriger_vers(nom_base())


@pytest.fixture
def proprietaire_de_la_base_reelle(base_reelle: str) -> str:
    """libpq URL of the owner of the tables of `base_reelle`."""
    nom = connections["default"].settings_dict["NAME"]
    assert f"/{nom}?" in base_reelle
    return os.environ["DATABASE_URL_PROPRIETAIRE"].replace("/jalon_modele?", f"/{nom}?")


@pytest.fixture(autouse=True)
def _sans_memoire_entre_tests() -> None:
    for nom in settings.CACHES:
        caches[nom].clear()


def _rendre_et_suivre(gabarit: str, contexte: dict[str, Any]) -> str:
    """Draw an e-mail; an address of ours that leads nowhere raises Resolver404."""
    rendu = render_to_string(gabarit, contexte)
    for adresse in re.findall(rf"{re.escape(settings.JALON_URL)}/[^\s\"<]*", rendu):
        resolve(urlsplit(adresse).path)
    return rendu


@pytest.fixture(autouse=True)
def _les_adresses_des_courriels_existent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.courriers.actions.render_to_string", _rendre_et_suivre)


@pytest.fixture(autouse=True)
def _un_refus_nomme_sa_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SaisieRefusee, "__init__", refuser_avec_sa_case)


@pytest.fixture
def vague(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells how many trials a wave made (`tests.habilitations.vagues`), once it is over without a violation."""
    rang, combien, essais = request.param
    yield
    print(f"R7 : {request.node.originalname}, vague {rang} sur {combien}, {essais} essais")  # noqa: T201


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    """Headless Chromium. For one module only: while it lives, Playwright's event loop keeps Django from the database."""
    with sync_playwright() as playwright:
        lance = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield lance
        lance.close()
