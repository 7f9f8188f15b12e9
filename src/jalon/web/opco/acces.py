"""Requests of access that no administrator can decide, and rights given in a burst."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.requetes.demandes import demandes_de_l_opco
from jalon.habilitations.requetes.mandats import mandats_a_verifier
from jalon.habilitations.requetes.octrois import octrois_a_verifier
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import (
    confirme,
    opco,
    page,
)
from jalon.web.composants.decision import (
    FormulaireAttenteDeMandat,
    FormulaireDecision,
    FormulaireOctroi,
    avec_leur_formulaire,
    avec_leur_mandat,
    avec_leur_octroi,
)
from jalon.web.composants.phrases import resume
from jalon.web.opco.commun import acteur_opco


@page(opco(Pouvoir.DECIDER_ACCES))
def liste(request: HttpRequest) -> HttpResponse:
    """Pending requests of organisations without an administrator out of probation; rights that wait for a check."""
    return _montrer(request)


def _montrer(request: HttpRequest, refuse: FormulaireDecision | None = None) -> HttpResponse:
    acteur = acteur_opco(request)
    demandes, octrois = demandes_de_l_opco(acteur, maintenant()), octrois_a_verifier(acteur, maintenant())
    mandats = mandats_a_verifier(acteur, maintenant())
    contexte = {
        "demandes": avec_leur_formulaire(demandes, refuse),
        "octrois": avec_leur_octroi(octrois, refuse if isinstance(refuse, FormulaireOctroi) else None),
        "mandats": avec_leur_mandat(mandats, refuse if isinstance(refuse, FormulaireAttenteDeMandat) else None),
        "noms": noms_des_organisations({*(d.siren for d in demandes), *(o.siren for o in octrois)}),
        "erreurs": list(resume(refuse)) if refuse is not None else [],
    }
    return render(request, "opco/acces.html", contexte, status=HTTPStatus.UNPROCESSABLE_ENTITY if refuse else HTTPStatus.OK)


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def decider(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Grant or refuse, with a reason."""
    formulaire = FormulaireDecision(demande_id, request.POST)
    if formulaire.decider(acteur_opco(request)) is None:
        return _montrer(request, formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("opco_acces")


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def decider_octroi(request: HttpRequest, rattachement_id: UUID) -> HttpResponse:
    """Lift a burst once it was checked with the company, or refuse what it gave, with a reason."""
    formulaire = FormulaireOctroi(rattachement_id, request.POST)
    if formulaire.decider(acteur_opco(request)) is None:
        return _montrer(request, formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("opco_acces")


@page(confirme(opco(Pouvoir.DECIDER_ACCES, "POST")))
def decider_mandat(request: HttpRequest, mandat_id: UUID) -> HttpResponse:
    """The same for a mandate given in a burst."""
    formulaire = FormulaireAttenteDeMandat(mandat_id, request.POST)
    if formulaire.decider(acteur_opco(request)) is None:
        return _montrer(request, formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("opco_acces")
