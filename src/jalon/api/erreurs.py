"""Every refusal is an `application/problem+json` (RFC 9457) that names the box concerned."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jalon.habilitations.actions.authentification import CleRefusee
from jalon.socle.erreurs import (
    ConflitDeVersion,
    DroitManquant,
    ErreurMetier,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    TransitionImpossible,
    TropDEssais,
)

STATUTS: dict[type[ErreurMetier], HTTPStatus] = {
    CleRefusee: HTTPStatus.UNAUTHORIZED,
    Introuvable: HTTPStatus.NOT_FOUND,
    DroitManquant: HTTPStatus.FORBIDDEN,
    TransitionImpossible: HTTPStatus.CONFLICT,
    ConflitDeVersion: HTTPStatus.CONFLICT,
    SaisieRefusee: HTTPStatus.UNPROCESSABLE_ENTITY,
    SaisiesRefusees: HTTPStatus.UNPROCESSABLE_ENTITY,
    TropDEssais: HTTPStatus.TOO_MANY_REQUESTS,
}


def probleme(statut: HTTPStatus, code: str, detail: str, **autres: object) -> HttpResponse:
    """One problem document; a 401 says how to sign."""
    corps = {"type": f"urn:jalon:{code}", "title": statut.phrase, "status": int(statut), "detail": detail, **autres}
    entetes = {"WWW-Authenticate": "X-API-KEY"} if statut == HTTPStatus.UNAUTHORIZED else {}
    contenu = json.dumps(corps, ensure_ascii=False)
    return HttpResponse(contenu, status=statut, content_type="application/problem+json", headers=entetes)


def brancher(api: NinjaAPI) -> None:
    """Give the API its error pages."""

    @api.exception_handler(ErreurMetier)
    def _metier(request: HttpRequest, erreur: ErreurMetier) -> HttpResponse:
        statut = next((s for t, s in STATUTS.items() if isinstance(erreur, t)), HTTPStatus.UNPROCESSABLE_ENTITY)
        autres = {"champ": erreur.champ} if erreur.champ else {}
        return probleme(statut, erreur.code, erreur.message, **autres)

    @api.exception_handler(AuthenticationError)
    def _cle(request: HttpRequest, erreur: AuthenticationError) -> HttpResponse:
        return probleme(
            HTTPStatus.UNAUTHORIZED,
            "cle-refusee",
            "Joignez une clé d’API en cours de validité dans l’en-tête X-API-KEY.",
        )

    @api.exception_handler(ValidationError)
    def _saisie(request: HttpRequest, erreur: ValidationError) -> HttpResponse:
        champs = [{"champ": ".".join(map(str, e["loc"])), "detail": e["msg"]} for e in erreur.errors]
        return probleme(HTTPStatus.UNPROCESSABLE_ENTITY, "saisie-refusee", "La demande est incorrecte.", erreurs=champs)

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, erreur: HttpError) -> HttpResponse:
        return probleme(HTTPStatus(erreur.status_code), "refus", str(erreur))
