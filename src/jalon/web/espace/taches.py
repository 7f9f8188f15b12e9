"""« Tâches à faire »: the whole list, narrowed by kind and by place; the figure of the header."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.organisations.models import Etablissement
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import LONGUEUR_SIREN, Tache
from jalon.socle.identifiants import grouper
from jalon.vues.enums import LIBELLES_TACHES
from jalon.vues.requetes.taches import (
    attentes_des_clients,
    nombre_de_taches,
    retenir_le_nombre,
    taches_des_clients,
    taches_du_lieu,
)
from jalon.web.composants.acces import espace, page
from jalon.web.composants.listes import Vue
from jalon.web.composants.moment import ce_jour
from jalon.web.composants.taches import grouper_taches
from jalon.web.espace.commun import ouvrir_espace


@page(espace(None))
def taches(request: HttpRequest, siren: str) -> HttpResponse:
    """Every task of the place; for a cabinet, the first due at its clients too, and what is left there."""
    ici = ouvrir_espace(request, siren)
    propres = taches_du_lieu(ici.acteur, siren)
    retenir_le_nombre(ici.acteur, siren, len(propres))
    suit_des_clients = ici.cabinet == siren
    lues = [*propres, *(taches_des_clients(ici.acteur, siren) if suit_des_clients else [])]
    genre, lieu = request.GET.get("genre", ""), request.GET.get("lieu", "")
    du_lieu = [t for t in lues if lieu in ("", _lieu(t, siren))]
    montrees = [t for t in du_lieu if genre in ("", t.genre)]
    contexte = {
        "ici": ici,
        "groupes": grouper_taches(montrees, ce_jour()),
        "nombre": len(montrees),
        "total": len(lues),
        "genres": _genres(request, du_lieu, genre, lieu),
        "genre": genre,
        "lieu": lieu,
        "lieux": _lieux(lues, siren),
        "clients": attentes_des_clients(ici.acteur, siren, ce_jour()) if suit_des_clients else None,
    }
    return render(request, "espace/taches.html", contexte)


@page(espace(None))
def nombre(request: HttpRequest, siren: str) -> HttpResponse:
    """The figure alone, loaded after the page."""
    ici = ouvrir_espace(request, siren)
    return render(request, "composants/nombre_de_taches.html", {"nombre_de_taches": nombre_de_taches(ici.acteur, siren)})


def _lieu(tache: Tache, siren: str) -> str:
    """The client, or the establishment; empty for what concerns the whole organisation."""
    client = dict(tache.parametres).get("siren", siren)
    return tache.siret if client == siren else client


def _genres(request: HttpRequest, lues: Sequence[Tache], genre: str, lieu: str) -> list[Vue]:
    """Kinds that there are, each with its figure; « Toutes » first."""
    comptes = Counter(t.genre for t in lues)
    vues = [Vue("Toutes", _adresse(request, "", lieu), not genre, str(len(lues)))]
    return vues + [
        Vue(libelle, _adresse(request, code, lieu), genre == code, str(comptes[code]))
        for code, libelle in LIBELLES_TACHES.items()
        if comptes[code] or genre == code
    ]


def _adresse(request: HttpRequest, genre: str, lieu: str) -> str:
    choisis = urlencode({n: v for n, v in (("genre", genre), ("lieu", lieu)) if v})
    return f"{request.path}?{choisis}" if choisis else request.path


def _lieux(lues: Sequence[Tache], siren: str) -> list[tuple[str, str]]:
    """(SIRET or SIREN, name) of the places that have tasks, by name; none when there is only one."""
    codes = {code for t in lues if (code := _lieu(t, siren))}
    sirets = {code for code in codes if len(code) > LONGUEUR_SIREN}
    noms = noms_des_organisations(codes - sirets) if codes - sirets else {}
    for lieu in Etablissement.objects.filter(siret__in=sirets) if sirets else ():
        noms[lieu.siret] = lieu.nom_usuel or lieu.commune
    trouves = sorted(((code, noms.get(code) or grouper(code)) for code in codes), key=lambda place: place[1].casefold())
    return trouves if len(trouves) > 1 else []
