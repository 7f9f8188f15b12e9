"""« Aide et contact »: guides, searched or about the page that one comes from. Open to everybody, with or without an account."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from jalon.aide.glossaire import chercher_termes, par_ordre_alphabetique
from jalon.aide.guides import GUIDES, Guide, chercher_guides, guide, guides_de_la_page, par_theme
from jalon.aide.profils import Profil, qui_concernent
from jalon.aide.visites import VISITES
from jalon.socle.erreurs import Introuvable
from jalon.web.composants.acces import page, public
from jalon.web.composants.provenance import en_parametres, provenance
from jalon.web.public.profil import profil_de_la_requete

LONGUEUR_MAXIMUM = 200
TERMES_AU_PLUS = 5


@page(public())
def aide(request: HttpRequest) -> HttpResponse:
    """Every guide by theme, or those that answer; first, those about the page that one comes from. A profile leaves out the rest."""
    texte = request.GET.get("q", "").strip()[:LONGUEUR_MAXIMUM]
    profil, tout = profil_de_la_requete(request), "tout" in request.GET
    origine = provenance(request, request.GET.get("page", ""), request.GET.get("espace", ""))
    retenu = Profil() if tout else profil
    trouves = qui_concernent(chercher_guides(texte) if texte else GUIDES.values(), retenu)
    contexte = {
        "texte": texte,
        "nombre": len(trouves),
        "themes": par_theme(trouves),
        "termes": chercher_termes(texte)[:TERMES_AU_PLUS] if texte else [],
        "ici": [] if texte else qui_concernent(guides_de_la_page(origine.page), retenu),
        "visites": VISITES.values(),
        "profil": profil,
        "tout": tout,
        "suite": en_parametres(origine),
    }
    return render(request, "aide/accueil.html", contexte)


@page(public())
def glossaire(request: HttpRequest) -> HttpResponse:
    """Every word, or those that answer."""
    texte = request.GET.get("q", "").strip()[:LONGUEUR_MAXIMUM]
    termes = chercher_termes(texte) if texte else par_ordre_alphabetique()
    return render(request, "aide/glossaire.html", {"texte": texte, "termes": termes})


@page(public())
def montrer_guide(request: HttpRequest, code: str) -> HttpResponse:
    """One guide, its sections, its neighbours; it can be shared by e-mail. Its HTML is ours: a guide may hold none."""
    lu = guide(code)
    if lu is None:
        raise Introuvable
    voisins = [g for g in GUIDES.values() if g.theme == lu.theme and g is not lu]
    return render(
        request, "aide/guide.html", {"guide": lu, "texte": SafeString(lu.html), "voisins": voisins, "partage": _partage(lu)}
    )


def _partage(lu: Guide) -> str:
    """A message ready to be sent by one's own mail program: the server sends nothing."""
    adresse = settings.JALON_URL + reverse("aide_guide", args=[lu.code])
    return f"mailto:?subject={quote(lu.titre)}&body={quote(f'{lu.resume}{chr(10)}{adresse}')}"
