"""Webinars: the agenda of everybody, the place and the link of who is registered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.aide.actions.webinaires import s_inscrire, se_retirer
from jalon.aide.profils import Profil, qui_concernent
from jalon.aide.regles_webinaires import calendrier as fichier_calendrier
from jalon.aide.requetes_webinaires import a_venir, mes_inscriptions, passes, places_prises, webinaire
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import connecte, page, public
from jalon.web.public.profil import profil_de_la_requete


@page(public())
def agenda(request: HttpRequest) -> HttpResponse:
    """What comes, for the profile or all of it; what is past below."""
    profil, tout = profil_de_la_requete(request), "tout" in request.GET
    prevus = qui_concernent(a_venir(maintenant()), Profil() if tout else profil)
    prises = places_prises(prevus)
    miens = mes_inscriptions(request.user.pk)
    contexte = {
        "lignes": [(w, max(w.places - prises.get(w.pk, 0), 0), w.pk in miens) for w in prevus],
        "passes": passes(maintenant()),
        "profil": profil,
        "tout": tout,
    }
    return render(request, "aide/webinaires.html", contexte)


@page(public())
def montrer_webinaire(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """One webinar; the link to join is for who is registered."""
    vu = webinaire(webinaire_id)
    inscrit = vu.pk in mes_inscriptions(request.user.pk)
    contexte = {
        "webinaire": vu,
        "inscrit": inscrit,
        "lien": vu.lien if inscrit and vu.annule_le is None else "",
        "libres": max(vu.places - places_prises([vu]).get(vu.pk, 0), 0),
        "ouvert": vu.annule_le is None and vu.debut > maintenant(),
    }
    return render(request, "aide/webinaire.html", contexte)


@page(connecte("POST"))
def inscrire(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """Take a place."""
    s_inscrire(webinaire_id=webinaire_id, par=request.acteur, maintenant=maintenant())  # type: ignore[attr-defined]
    messages.success(request, "Votre place est gardée. Le lien de connexion est sur cette page, un courriel vous le confirme.")
    return redirect("webinaire", webinaire_id)


@page(connecte("POST"))
def retirer(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """Give it back."""
    se_retirer(webinaire_id=webinaire_id, par=request.acteur, maintenant=maintenant())  # type: ignore[attr-defined]
    messages.success(request, "Votre place est rendue.")
    return redirect("webinaire", webinaire_id)


@page(connecte("GET"))
def calendrier(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """The calendar file, which holds the link: for who is registered. Raises Introuvable."""
    vu = webinaire(webinaire_id)
    if vu.pk not in mes_inscriptions(request.user.pk) or vu.annule_le is not None:
        raise Introuvable
    texte = fichier_calendrier(
        identifiant=f"{vu.pk}@{request.get_host()}", titre=vu.titre, resume=vu.resume, lien=vu.lien,
        debut=vu.debut.astimezone(PARIS), duree=vu.duree, maintenant=maintenant(),
    )  # fmt: skip
    return HttpResponse(
        texte,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="webinaire.ics"', "Cache-Control": "no-store"},
    )
