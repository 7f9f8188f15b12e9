"""Pages of the OpenID sign-in. Without JALON_OIDC_EMETTEUR, none of them exists."""

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from requests import RequestException

from jalon.comptes.actions import delier_identite
from jalon.comptes.requetes import identite_liee
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, identifiant, page, personne, public
from jalon.web.connexion.fournisseur import OPENID, AdaptateurOpenid, Retour, fournisseur, nom_du_service


def _partir(request: HttpRequest, process: str, retour: str) -> HttpResponse:
    suite = request.POST.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure())
    try:
        return fournisseur(request).partir(process, suite if sure else "")
    except (OAuth2Error, RequestException, ValueError):
        messages.error(request, f"{nom_du_service()} ne répond pas. Connectez-vous par mot de passe, ou réessayez plus tard.")
        return redirect(retour)


@page(public("POST"))
def entrer(request: HttpRequest) -> HttpResponse:
    """From the sign-in page to the server."""
    return _partir(request, "login", "account_login")


@page(public("GET"))
def retour(request: HttpRequest) -> HttpResponse:
    """Back from the server: the state is used up, whatever follows."""
    fournisseur(request)
    reponse: HttpResponse = Retour.adapter_view(AdaptateurOpenid(request))(request)  # type: ignore[no-untyped-call]
    return reponse


@page(public("GET"))
def inconnue(request: HttpRequest) -> HttpResponse:
    """The identity is proved, but no account is linked to it; whether the address has an account is not said."""
    fournisseur(request)
    return render(request, "connexion/inconnue.html", {"service": nom_du_service()})


@page(personne("GET"))
def identite(request: HttpRequest) -> HttpResponse:
    """Whether this account is linked."""
    fournisseur(request)
    lien = identite_liee(identifiant(request), OPENID)
    return render(request, "connexion/identite.html", {"service": nom_du_service(), "lien": lien})


@page(confirme(personne("POST")))
def lier(request: HttpRequest) -> HttpResponse:
    """To the server, to come back with an identity to link."""
    return _partir(request, "connect", "openid_identite")


@page(confirme(personne("POST")))
def delier(request: HttpRequest) -> HttpResponse:
    """Forget the identity."""
    fournisseur(request)
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    delier_identite(fournisseur=OPENID, par=acteur, maintenant=maintenant())
    messages.success(request, f"La connexion par {nom_du_service()} est retirée.")
    return redirect("openid_identite")
