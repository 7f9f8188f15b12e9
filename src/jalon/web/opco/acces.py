"""Requests of access that no administrator can decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.requetes.demandes import demandes_de_l_opco
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.DECIDER_ACCES))
def liste(request: HttpRequest) -> HttpResponse:
    """Pending requests of organisations without an administrator out of probation."""
    acteur = acteur_opco(request)
    demandes = demandes_de_l_opco(acteur, maintenant())
    return render(request, "opco/acces.html", {"demandes": demandes, "noms": noms_des_organisations({d.siren for d in demandes})})


@page(opco(Pouvoir.DECIDER_ACCES, "POST"))
def decider(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Grant or refuse, with a reason."""
    accorder = request.POST.get("decision") == "accorder"
    decider_demande(
        demande_id=demande_id,
        accorder=accorder,
        motif=request.POST.get("motif", ""),
        par=acteur_opco(request),
        maintenant=maintenant(),
    )
    messages.success(request, "La demande est accordée." if accorder else "La demande est refusée, et la personne prévenue.")
    return redirect("opco_acces")
