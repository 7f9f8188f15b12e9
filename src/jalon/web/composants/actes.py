"""Running an action from a form: a refusal is written beside the box it concerns, and nothing typed is lost."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, SaisiesRefusees, SecondFacteurRequis

T = TypeVar("T")
PAGES = (Introuvable, DroitManquant, SecondFacteurRequis)


def tenter(formulaire: forms.Form, acte: Callable[[], T]) -> T | None:
    """Do the act when the form is well filled; None when it was refused, the reasons being then in the form.

    What is answered by a page of its own (404, 403, confirmation of identity) goes through.
    """
    if not formulaire.is_valid():
        return None
    try:
        return acte()
    except PAGES:
        raise
    except SaisiesRefusees as erreur:
        for champ, phrase in erreur.champs.items():
            _ecrire(formulaire, champ, phrase)
    except ErreurMetier as erreur:
        _ecrire(formulaire, erreur.champ, erreur.message)
    return None


def _ecrire(formulaire: forms.Form, champ: str | None, phrase: str) -> None:
    formulaire.add_error(champ if champ in formulaire.fields else None, phrase)


def montrer(request: HttpRequest, gabarit: str, formulaire: forms.Form, **contexte: Any) -> HttpResponse:
    """The page of a form: 422 when it holds refusals."""
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if formulaire.errors else HTTPStatus.OK
    return render(request, gabarit, {"formulaire": formulaire, **contexte}, status=statut)
