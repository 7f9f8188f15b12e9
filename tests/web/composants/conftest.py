"""Templates rendered as pages do, static files by their plain names, no database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.conf import settings as reglages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

Rendre = Callable[..., str]


@pytest.fixture(autouse=True)
def _statiques_sans_empreinte(settings: Any) -> None:
    settings.STORAGES = {
        **reglages.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _horloge_sans_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.socle.horloge._Horloge.decalage", staticmethod(timedelta))


@pytest.fixture
def requete() -> HttpRequest:
    """A visitor's GET."""
    demande = RequestFactory().get("/une/page")
    demande.user = AnonymousUser()
    return demande


@pytest.fixture
def rendre(requete: HttpRequest) -> Rendre:
    """Render a piece of template, cotton components included."""

    def _rendre(source: str, **contexte: Any) -> str:
        return Template(CottonCompiler().process(source)).render(RequestContext(requete, contexte)).strip()

    return _rendre


def page_valide(html: str) -> None:
    """Fail on any error of HTML syntax."""
    html5lib.HTMLParser(strict=True).parse(html)


def fragment_valide(html: str) -> None:
    """The same, for a piece of a body."""
    page_valide(f'<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body>{html}</body></html>')
