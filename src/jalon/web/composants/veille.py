"""The edge where reading is counted: what an answer shows, just before it leaves (exigences, S5)."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from jalon.habilitations.suspensions import SUSPENDU
from jalon.socle.erreurs import AccesSuspendu, ErreurMetier, TropDEssais
from jalon.socle.horloge import maintenant
from jalon.socle.lectures import carnet_ouvert
from jalon.veille.actions import compter_lectures
from jalon.veille.regles import SECONDES_DE_PAUSE, Verdict
from jalon.web.composants.erreurs import est_api, probleme, repondre, statut_de

MONTRENT = frozenset({HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Statuses whose body may show what was read; a refusal shows nothing, and writes nothing."""
PATIENTER = (
    f"Vous ouvrez beaucoup de dossiers en peu de temps. Attendez {SECONDES_DE_PAUSE}\u00a0secondes, puis rechargez la page."
)
PLAFOND = (
    "Votre organisation a ouvert aujourd’hui plus de dossiers que d’ordinaire. Pour protéger les données, la suite s’ouvrira "
    "demain. L’OPCO est prévenu\u00a0: appelez l’assistance si vous en avez besoin aujourd’hui."
)
SECONDES_D_UN_JOUR = 86_400
REFUS: dict[Verdict, tuple[ErreurMetier, int]] = {
    Verdict.PATIENTER: (TropDEssais(PATIENTER, code="lecture-ralentie"), SECONDES_DE_PAUSE),
    Verdict.REFUSER: (TropDEssais(PLAFOND, code="lecture-plafonnee"), SECONDES_D_UN_JOUR),
    Verdict.COUPER: (AccesSuspendu(SUSPENDU), 0),
}


class IntergicielVeille:
    """Opens a notebook for the request; what it holds is counted before the answer leaves, and may keep it back."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with carnet_ouvert() as carnet:
            reponse = self.suite(request)
        if not carnet.lus or reponse.status_code not in MONTRENT:
            return reponse
        verdict = compter_lectures(carnet=carnet, maintenant=maintenant())
        return reponse if verdict == Verdict.PASSER else _refuser(request, verdict)


def _refuser(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    erreur, secondes = REFUS[verdict]
    statut = statut_de(erreur)
    if est_api(request):
        reponse: HttpResponse = probleme(statut, erreur.code, erreur.message)
    else:
        reponse = repondre(request, statut, message=erreur.message, erreur=erreur)
    if secondes:
        reponse["Retry-After"] = str(secondes)
    return reponse
