"""From an error to a page (or a fragment for htmx): which words, which status, and nothing typed is lost.

Views raise; nobody but this module answers an error. The API answers its own errors (problem+json).
"""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.socle.erreurs import (
    AccesSuspendu,
    AutreEspace,
    ConflitDeVersion,
    DroitManquant,
    Empechements,
    ErreurMetier,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    SecondFacteurRequis,
    TransitionImpossible,
    TropDEssais,
)
from jalon.socle.identifiants import nouvel_id
from jalon.web.composants.acces import page_de_confirmation
from jalon.web.composants.contexte import communs
from jalon.web.composants.moment import un_seul_jour
from jalon.web.composants.reprise import Reprise, garder

journal = logging.getLogger(__name__)

BASE_ABSENTE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
TROP_GROS = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
REESSAYER_DANS = 15
SECRETS = ("password", "credential", "csrfmiddlewaretoken")
STATUTS: tuple[tuple[type[ErreurMetier], int], ...] = (
    (AutreEspace, 404),
    (Introuvable, 404),
    (AccesSuspendu, 403),
    (DroitManquant, 403),
    (TransitionImpossible, 409),
    (ConflitDeVersion, 409),
    (SaisieRefusee, 422),
    (SaisiesRefusees, 422),
    (Empechements, 422),
    (TropDEssais, 429),
)

Reponse = Callable[[HttpRequest], HttpResponseBase]


class IntergicielErreurs:
    """Turns what a view raises into an answer, and a lost session into 401 for htmx."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; an htmx request sent to the sign-in page learns it by a 401, so that the page opens its dialog."""
        with un_seul_jour():
            reponse = self.get_response(request)
        if est_htmx(request) and _mene_a_la_connexion(reponse):
            return HttpResponse(status=401)
        return reponse

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponseBase | None:
        """The answer to an error of a view; None leaves it to Django."""
        if est_api(request):
            return None
        if isinstance(erreur, SecondFacteurRequis):
            return _vers_le_second_facteur(request)
        if isinstance(erreur, ErreurMetier):
            autre = _meme_page_ailleurs(request, erreur) if isinstance(erreur, AutreEspace) else ""
            return repondre(request, statut_de(erreur), message=erreur.message, erreur=erreur, autre=autre)
        if isinstance(erreur, BASE_ABSENTE):
            return page_503(request)
        return None

    def process_template_response(self, request: HttpRequest, reponse: TemplateResponse) -> TemplateResponse:
        """allauth draws a refused form again with 200: it is 422, as ours are."""
        if request.method == "POST" and reponse.status_code == HTTPStatus.OK and _formulaire_refuse(reponse):
            reponse.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return reponse


def _formulaire_refuse(reponse: TemplateResponse) -> bool:
    formulaire = (reponse.context_data or {}).get("form")
    return bool(getattr(formulaire, "errors", None))


def statut_de(erreur: ErreurMetier) -> int:
    """HTTP status of a business error; 422 for one that has no line."""
    return next((statut for classe, statut in STATUTS if isinstance(erreur, classe)), 422)


def est_htmx(request: HttpRequest) -> bool:
    """Whether the answer will be swapped into a page."""
    return request.headers.get("HX-Request") == "true"


def est_api(request: HttpRequest) -> bool:
    """Whether the caller is a program."""
    return request.path.startswith("/api/")


def repondre(
    request: HttpRequest,
    statut: int,
    *,
    message: str = "",
    erreur: ErreurMetier | None = None,
    autre: str = "",
    vue_finie: bool = False,
) -> HttpResponse:
    """The page of a status, or its fragment for htmx (shown in the page's alert area). `autre`: the same page, elsewhere;
    `vue_finie`: a form sent from the pages of a colleague, once they are closed.
    """
    contexte: dict[str, Any] = {
        "message": message,
        "statut": statut,
        "reference": "",
        "autre_espace": autre,
        "vue_finie": vue_finie,
        **_detail(erreur),
    }
    if est_htmx(request):
        reponse = render(request, "erreurs/fragment.html", contexte, status=statut)
        reponse["HX-Retarget"] = "#alerte"
        reponse["HX-Reswap"] = "innerHTML"
        return reponse
    return render(request, f"erreurs/{statut}.html", {**contexte, "cadre": _cadre(request)}, status=statut)


def _detail(erreur: ErreurMetier | None) -> dict[str, Any]:
    """What some refusals carry besides their sentence: a sentence per box, or what was typed meanwhile and by whom."""
    conflit = erreur if isinstance(erreur, ConflitDeVersion) else None
    return {
        "suspendu": isinstance(erreur, AccesSuspendu),
        "refus": list(erreur.champs.values()) if isinstance(erreur, SaisiesRefusees) else [],
        "saisi": conflit.saisi if conflit else {},
        "autre": conflit.par if conflit else "",
    }


def _meme_page_ailleurs(request: HttpRequest, erreur: AutreEspace) -> str:
    """The address asked for, in the space where the object is; after a form, the home page of that space."""
    demandee = request.resolver_match
    if request.method == "POST" or demandee is None:
        return reverse("espace_accueil", args=[erreur.siren])
    return reverse(demandee.view_name, kwargs={**demandee.kwargs, "siren": erreur.siren})


def page_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: an address or a body that cannot be read; 413 when it is too large."""
    statut = 413 if isinstance(exception, TROP_GROS) else 400
    return _probleme(statut) if est_api(request) else repondre(request, statut)


def page_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return _probleme(403) if est_api(request) else repondre(request, 403, message=str(exception or ""))


def page_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """handler404: the same body for what does not exist and what is somebody else's."""
    return _probleme(404) if est_api(request) else repondre(request, 404)


def page_429(request: HttpRequest) -> HttpResponse:
    """handler429 of allauth's own limits."""
    return repondre(request, 429)


def page_500(request: HttpRequest) -> HttpResponse:
    """handler500: a reference to quote, and what was typed; 503 when the database is what lacks (sessions are read outside the view)."""
    erreur = sys.exc_info()[1]
    if est_api(request):
        return _probleme(503 if isinstance(erreur, BASE_ABSENTE) else 500)
    if isinstance(erreur, BASE_ABSENTE):
        return page_503(request)
    reference = str(nouvel_id())[-12:].upper()
    journal.error("Erreur interne, référence %s : %s %s", reference, request.method, request.path)
    return _sans_base(request, 500, {"reference": reference, "champs": _saisies(request), "fichiers": _fichiers(request)})


def page_503(request: HttpRequest) -> HttpResponse:
    """The database does not answer: everything typed comes back in the page; « Réessayer » asks again what was asked."""
    contexte = {"delai": REESSAYER_DANS, "champs": _saisies(request), "fichiers": _fichiers(request)}
    reponse = _sans_base(request, 503, contexte)
    reponse["Retry-After"] = str(REESSAYER_DANS)
    return reponse


def refus_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the page is too old (signed in again elsewhere) or its cookie is gone.

    What was typed is offered again only when the browser says that the form came from our own pages.
    """
    journal.warning("Jeton anti-rejeu refusé sur %s : %s", request.path, reason)
    if est_api(request):
        return _probleme(403)
    if est_htmx(request):
        return HttpResponse(status=401)
    meme_origine = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    contexte = {
        "cadre": "message.html",
        "champs": _saisies(request) if meme_origine else [],
        "fichiers": _fichiers(request) if meme_origine else [],
    }
    return render(request, "erreurs/csrf.html", contexte, status=403)


def _cadre(request: HttpRequest) -> str:
    return "application.html" if getattr(request, "coquille", None) is not None else "message.html"


def _saisies(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and value of each box typed, secrets left out."""
    if request.method != "POST":
        return []
    try:
        champs = request.POST.lists()
    except (*TROP_GROS, OSError):
        return []
    return [(nom, str(valeur)) for nom, valeurs in champs for valeur in valeurs if not any(s in nom for s in SECRETS)]


def _fichiers(request: HttpRequest) -> list[str]:
    """Names of the files sent: a browser cannot be given them back."""
    if request.method != "POST":
        return []
    return [fichier.name or "" for _, fichiers in request.FILES.lists() for fichier in fichiers]


def _sans_base(request: HttpRequest, statut: int, contexte: dict[str, Any]) -> HttpResponse:
    """Drawn without session, account or any query: the header is the brand alone."""
    envoi = request.method == "POST"
    jeton = request.POST.get("csrfmiddlewaretoken", "") if envoi else ""
    if est_htmx(request):
        gabarit = "erreurs/fragment.html"
        contexte = {**contexte, "message": "", "statut": statut}
    else:
        gabarit = f"erreurs/{statut}.html"
    fixes = {
        "cadre": "message.html",
        "chemin": request.get_full_path(),
        "envoi": envoi,
        "jeton": jeton,
        "csrf_token": "",
        "messages": [],
    }
    page = get_template(gabarit).render({**communs(), **fixes, **contexte})
    reponse = HttpResponse(page, status=statut)
    if est_htmx(request):
        reponse["HX-Retarget"] = "#alerte"
        reponse["HX-Reswap"] = "innerHTML"
    return reponse


def probleme(statut: int, code: str, detail: str) -> JsonResponse:
    """A refusal of the edge to a program, in the words of its own API."""
    corps = {"type": f"urn:jalon:{code}", "title": HTTPStatus(statut).phrase, "status": statut, "detail": detail}
    return JsonResponse(corps, status=statut, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})


def _probleme(statut: int) -> JsonResponse:
    return JsonResponse({"type": "about:blank", "status": statut}, status=statut, content_type="application/problem+json")


def _vers_le_second_facteur(request: HttpRequest) -> HttpResponse:
    """To allauth's page and back: to the page itself; after a form, to the page that sends what was typed, or to its own."""
    retour = request.get_full_path()
    origine = request.headers.get("HX-Current-URL" if est_htmx(request) else "Referer", "")
    if request.method != "GET" or est_htmx(request):
        sur = url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure())
        morceaux = urlsplit(origine)
        retour = (morceaux.path + (f"?{morceaux.query}" if morceaux.query else "")) if sur else request.path
        if garder(request, Reprise(request.get_full_path(), _saisies(request), _fichiers(request), retour)):
            retour = reverse("reprendre")
    adresse = f"{reverse(page_de_confirmation(request))}?{urlencode({'next': retour})}"
    if est_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": adresse})
    return HttpResponseRedirect(adresse)


def _mene_a_la_connexion(reponse: HttpResponseBase) -> bool:
    return reponse.status_code == 302 and urlsplit(reponse.get("Location", "")).path == reverse("account_login")
