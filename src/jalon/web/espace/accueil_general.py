"""After sign-in: the only place where one acts, or the choice among several. The clients of a cabinet are behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.invitations import rattacher_invitations
from jalon.habilitations.suspensions import organisations_suspendues_de
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import page, personne
from jalon.web.espace.nouvelles import nouvelles_affichees


@page(personne())
def accueil(request: HttpRequest) -> HttpResponse:
    """Bind the invitations that waited for this address, then lead to the place, or show the places."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    if rattacher_invitations(personne_id=acteur.personne.id, maintenant=maintenant()):
        acteur = ActeurPersonne(acteur.personne)
    sirens = list(dict.fromkeys(r.siren for r in acteur.rattachements if not r.mandataire))
    if len(sirens) == 1 and not acteur.roles_opco:
        return redirect("espace_accueil", siren=sirens[0])
    nouvelles = nouvelles_affichees(acteur)
    if acteur.roles_opco and not sirens and not nouvelles:
        return redirect("opco_accueil")
    cherche = request.GET.get("q", "").strip()
    noms = noms_des_organisations(set(sirens))
    espaces = [(s, noms.get(s, grouper(s)), acteur.profils(s), len({c.siren for c in acteur.clients(s)})) for s in sirens]
    if cherche:
        espaces = [e for e in espaces if cherche.casefold() in f"{e[0]} {grouper(e[0])} {e[1]}".casefold()]
    contexte = {
        "espaces": espaces,
        "cherche": cherche,
        "total": len(sirens),
        "opco": bool(acteur.roles_opco),
        "nouvelles": nouvelles,
        "coupees": [] if sirens else [grouper(s) for s in organisations_suspendues_de(acteur.personne.id)],
    }
    return render(request, "espace/choisir.html", contexte)
