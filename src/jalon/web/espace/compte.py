"""What a person does about her own account, beside allauth's pages."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.comptes.actions import fermer_seance
from jalon.comptes.requetes import cle_d_acces_installee
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import connecte, identifiant, page, personne
from jalon.web.composants.reprise import gardee


@page(connecte("POST"))
def fermer_session(request: HttpRequest, seance_id: int) -> HttpResponse:
    """Close one session, on this device or on another."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    courante = request.session.session_key
    if fermer_seance(seance_id=seance_id, par=acteur, maintenant=maintenant()) == courante:
        logout(request)
        return redirect("account_login")
    messages.success(request, "La session est fermée.")
    return redirect("usersessions_list")


@page(connecte("GET"))
def cle_requise(request: HttpRequest) -> HttpResponse:
    """Where somebody of the OPCO is led until a passkey is made, then given in this session."""
    suite = request.GET.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure())
    contexte = {"installee": cle_d_acces_installee(identifiant(request)), "suite": suite if sure else ""}
    return render(request, "espace/cle_requise.html", contexte)


@page(personne("GET"))
def reprendre(request: HttpRequest) -> HttpResponse:
    """The identity is confirmed: what was typed before goes with one button, or stays unsent."""
    reprise = gardee(request)
    if reprise is None:
        messages.info(request, "Il n’y a plus rien à envoyer.")
        return redirect("accueil")
    return render(request, "espace/reprendre.html", {"reprise": reprise})
