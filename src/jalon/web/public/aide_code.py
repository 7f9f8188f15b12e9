"""« Mon code ne marche pas »: one question a page, by links, down to the cause."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.socle.erreurs import Introuvable
from jalon.web.composants.acces import page, public
from jalon.web.public.pannes_de_code import CAUSES, DEPART, QUESTIONS


@page(public())
def aide_code(request: HttpRequest, etape: str = DEPART) -> HttpResponse:
    """A question, or a cause with what to do."""
    if etape in QUESTIONS:
        return render(request, "public/aide_code.html", {"question": QUESTIONS[etape], "depart": etape == DEPART})
    if etape in CAUSES:
        return render(request, "public/aide_code_cause.html", {"cause": CAUSES[etape]})
    raise Introuvable
