"""The guided tours as pages to read, the way to begin them again, and what is no longer offered."""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.aide.actions.visites import retenir_visite
from jalon.aide.visites import VISITES
from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants import liens
from jalon.web.composants.acces import connecte, page, public
from jalon.web.composants.visite import DEMANDE

LIEUX_AU_PLUS = 8


@page(public())
def visite(request: HttpRequest, code: str) -> HttpResponse:
    """Every step, to be read without the home page; links to the homes of the reader where it can be followed."""
    lue = VISITES.get(code)
    if lue is None:
        raise Introuvable
    lieux: list[tuple[str, str]] = []
    if isinstance(request.user, Personne):
        lieux = _lieux(request.acteur, code)  # type: ignore[attr-defined]
    return render(request, "aide/visite.html", {"visite": lue, "lieux": lieux})


def _lieux(acteur: ActeurPersonne, code: str) -> list[tuple[str, str]]:
    """(name, address of the home where the tour begins)."""
    if code == "opco":
        return [("Accueil de l’OPCO", _adresse("opco_accueil"))] if acteur.roles_opco else []
    sirens = list(islice(_sirens(acteur, code), LIEUX_AU_PLUS))
    noms = noms_des_organisations(set(sirens)) if sirens else {}
    page_d_accueil = "espace_clients" if code == "cabinet" else "espace_accueil"
    return [(noms.get(siren, grouper(siren)), _adresse(page_d_accueil, siren)) for siren in sirens]


def _sirens(acteur: ActeurPersonne, code: str) -> Iterator[str]:
    for siren in dict.fromkeys(r.siren for r in acteur.rattachements if not r.mandataire):
        cote = "entreprise" if Profil.ADHERENT in acteur.profils(siren) else "prestataire"
        if (code == cote and acteur.a_des_droits(siren)) or (code == "cabinet" and acteur.clients(siren)):
            yield siren


def _adresse(nom: str, *parametres: str) -> str:
    return f"{reverse(nom, args=parametres)}?{DEMANDE}=1"


@page(connecte("POST"))
def visite_vue(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it no more, then back to the page, without beginning it again. Raises Introuvable."""
    retenir_visite(code=code, par=request.acteur, maintenant=maintenant())  # type: ignore[attr-defined]
    origine = request.headers.get("Referer", "").partition("?")[0]
    sur = url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure())
    return redirect(origine if sur else liens.ACCUEIL)
