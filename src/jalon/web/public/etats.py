"""« État du service »: what is said of the portal now and was said for 90 days; closing a message for one's session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.aide.requetes_etats import etat_a_fermer, historique
from jalon.comptes.models import Personne
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public
from jalon.web.composants.bandeau import fermer


@page(public())
def etat_service(request: HttpRequest) -> HttpResponse:
    """What is in course, then what is over, the newest first."""
    le = maintenant()
    opco = isinstance(request.user, Personne) and request.user.est_opco
    lus = historique(le, opco=opco)
    contexte = {"en_cours": [e for e in lus if e.en_cours(le)], "passes": [e for e in lus if not e.en_cours(le)]}
    return render(request, "aide/etat_service.html", contexte)


@page(public("POST"))
def fermer_etat(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Close a message of information, then back to the page. Raises Introuvable, TransitionImpossible."""
    fermer(request, etat_a_fermer(message_id, maintenant()).id)
    origine = request.headers.get("Referer", "")
    sur = url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure())
    return redirect(origine if sur else "/")
