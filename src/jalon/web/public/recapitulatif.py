"""The links by which an e-mail is stopped: no account needed, one confirmation asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.notifications.actions.preferences import arreter_les_courriels
from jalon.notifications.arret import personne_du_jeton as personne_des_notifications
from jalon.socle.horloge import maintenant
from jalon.vues.actions.recapitulatifs import arreter_recapitulatif
from jalon.vues.requetes.recapitulatifs import personne_du_jeton
from jalon.web.composants.acces import page, public


@page(public("GET", "POST"))
def arreter(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask, then stop on the POST only, since mail scanners follow links."""
    personne_du_jeton(jeton)
    arrete = request.method == "POST"
    if arrete:
        arreter_recapitulatif(jeton=jeton, maintenant=maintenant())
    return render(request, "public/recapitulatif_arreter.html", {"arrete": arrete})


@page(public("GET", "POST"))
def arreter_les_notifications(request: HttpRequest, jeton: str) -> HttpResponse:
    """The same for every e-mail of notifications: they stay in the portal."""
    personne_des_notifications(jeton)
    arrete = request.method == "POST"
    if arrete:
        arreter_les_courriels(jeton=jeton, maintenant=maintenant())
    return render(request, "public/notifications_arreter.html", {"arrete": arrete})
