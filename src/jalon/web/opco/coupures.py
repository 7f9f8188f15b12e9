"""The kill switch: cutting an account or an organisation, and restoring it, two people together."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.veille.actions import confirmer_retablissement, couper_compte, couper_organisation, demander_retablissement
from jalon.veille.requetes.coupures import (
    compte_accessible,
    coupure_accessible,
    coupures_visibles,
    organisation_accessible,
    rattaches_a,
)
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco

MONTREES = 100


class FormulaireCoupure(forms.Form):
    """Why."""

    motif = forms.CharField(
        label="Pourquoi couper cet accès\u00a0?", max_length=500,
        help_text="Par exemple\u00a0: compte piraté, signalé au téléphone. Le motif reste à l’OPCO.",
        error_messages={"required": "Indiquez pourquoi vous coupez cet accès"},
    )  # fmt: skip


class FormulaireRetablissement(forms.Form):
    """What was checked."""

    motif = forms.CharField(
        label="Qu’avez-vous vérifié\u00a0?", max_length=500,
        help_text="Par exemple\u00a0: identité vérifiée au téléphone, mot de passe et second facteur changés.",
        error_messages={"required": "Indiquez ce qui a été vérifié avant de rétablir"},
    )  # fmt: skip


@page(opco(Pouvoir.COUPER_ACCES))
def liste(request: HttpRequest) -> HttpResponse:
    """What is cut, and what was restored lately."""
    acteur = acteur_opco(request)
    return render(request, "opco/coupures.html", {"coupures": coupures_visibles(acteur)[:MONTREES]})


@page(opco(Pouvoir.COUPER_ACCES, "GET", "POST"))
def organisation(request: HttpRequest, siren: str) -> HttpResponse:
    """A whole organisation, or the choice of one of its people."""
    acteur = acteur_opco(request)
    lue = organisation_accessible(siren, acteur)
    formulaire = FormulaireCoupure(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: couper_organisation(siren=siren, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()),
        )
        if faite is not None:
            messages.success(request, f"L’accès de {lue.denomination} est coupé\u00a0: plus rien ne passe.")
            return redirect("opco_coupures")
    return montrer(request, "opco/couper_organisation.html", formulaire, organisation=lue, rattaches=rattaches_a(siren))


@page(opco(Pouvoir.COUPER_ACCES, "GET", "POST"))
def compte(request: HttpRequest, personne_id: UUID) -> HttpResponse:
    """One account."""
    acteur = acteur_opco(request)
    personne = compte_accessible(personne_id, acteur)
    formulaire = FormulaireCoupure(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: couper_compte(
                personne_id=personne_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if faite is not None:
            messages.success(request, f"L’accès de {personne.nom_complet} est coupé\u00a0: plus rien ne passe.")
            return redirect("opco_coupures")
    return montrer(request, "opco/couper_compte.html", formulaire, personne=personne)


@page(opco(Pouvoir.COUPER_ACCES, "GET", "POST"))
def retablir(request: HttpRequest, coupure_id: UUID) -> HttpResponse:
    """The first person says what she checked; the second reads it and confirms."""
    acteur = acteur_opco(request)
    coupure = coupure_accessible(coupure_id, acteur)
    exiger_second_facteur_recent(request)
    confirme = request.POST.get("acte") == "confirmer"
    formulaire = FormulaireRetablissement(None if confirme else request.POST or None)
    if confirme:
        confirmer_retablissement(coupure_id=coupure_id, par=acteur, maintenant=maintenant())
        messages.success(request, f"L’accès de {coupure.libelle} est rétabli.")
        return redirect("opco_coupures")
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: demander_retablissement(
                coupure_id=coupure_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if faite is not None:
            messages.success(request, "Votre demande est notée\u00a0: une seconde personne de l’OPCO peut la confirmer.")
            return redirect("opco_coupures")
    moi = coupure.demande_par is not None and coupure.demande_par == acteur.identite
    return montrer(request, "opco/retablir.html", formulaire, coupure=coupure, demandee_par_moi=moi)
