"""The door, the pages every site owes its visitors, and two small services of the shell: theme, session."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.socle.horloge import maintenant
from jalon.web.composants import liens
from jalon.web.composants.acces import connecte, page, public
from jalon.web.composants.contexte import COOKIE_THEME, THEMES, theme_de

UN_AN = 365 * 24 * 3600


@page(public("GET"))
def entree(request: HttpRequest) -> HttpResponse:
    """« / »: the sign-in form for a visitor, the home page for somebody signed in."""
    return redirect(settings.LOGIN_REDIRECT_URL if request.user.is_authenticated else settings.LOGIN_URL)


@page(public("GET"))
def accessibilite(request: HttpRequest) -> HttpResponse:
    """Where accessibility stands, said plainly (exigences, X12)."""
    return render(request, "public/accessibilite.html")


@page(public("GET"))
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and the rights of people."""
    contexte = {"mois_messages": settings.JALON_CONSERVATION_MESSAGES, "mois_courriels": settings.JALON_CONSERVATION_COURRIELS}
    return render(request, "public/donnees_personnelles.html", contexte)


@page(public("GET"))
def mentions_legales(request: HttpRequest) -> HttpResponse:
    """Who publishes the portal."""
    return render(request, "public/mentions_legales.html")


@page(public("GET"))
def aide_connexion(request: HttpRequest) -> HttpResponse:
    """First connection, code by post, second factor, lost phone: the guide and the questions that are asked."""
    return render(request, "public/aide_connexion.html")


@page(public("POST"))
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie, then back to the page; the first change goes to dark."""
    choix = request.POST.get("theme") or ("light" if theme_de(request) == "dark" else "dark")
    origine = request.headers.get("Referer", "")
    sur = url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure())
    reponse = redirect(origine if sur else "/")
    if choix in THEMES:
        reponse.set_cookie(COOKIE_THEME, choix, max_age=UN_AN, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return reponse


@page(connecte("GET"))
def seance(request: HttpRequest) -> HttpResponse:
    """« Rester connecté », and the end of a sign-in made inside a dialog: the open page reads its new token here."""
    return render(request, "public/seance.html")


@page(public("GET"))
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116 (exigences, S16)."""
    fin = (maintenant() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lignes = [
        f"Contact: {settings.JALON_URL}{liens.CONTACT}",
        f"Expires: {fin}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.JALON_URL}{request.path}",
    ]
    return HttpResponse("\n".join([*lignes, ""]), content_type="text/plain; charset=utf-8")
