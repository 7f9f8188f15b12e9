"""Conventions that providers declared: watched where nobody administers the company, ended by the OPCO in case of abuse."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.suites_des_conventions import arreter_convention
from jalon.habilitations.requetes.conventions import convention_suivie, conventions_suivies
from jalon.habilitations.requetes.mandats import mandat_affiche
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.pages import lire_recherche
from jalon.web.opco.commun import acteur_opco


class FormulaireFinDeConvention(forms.Form):
    """The reason that both organisations read."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea, help_text="L’entreprise et l’organisme de formation le liront.",
        error_messages={"required": "Indiquez le motif"},
    )  # fmt: skip


@page(opco(Pouvoir.DEMANDER_CODES))
def liste(request: HttpRequest) -> HttpResponse:
    """In the portefeuilles of the adviser or of the AEF, who can have a code sent to the head office: where nobody administers the
    company, or everywhere."""
    acteur = acteur_opco(request)
    cherche, apres = lire_recherche(request)
    seules = "toutes" not in request.GET
    contexte = {
        "conventions": conventions_suivies(acteur, maintenant(), seules=seules, cherche=cherche, apres=apres),
        "cherche": cherche,
        "seules": seules,
        "arrete": bool(acteur.portefeuilles(Pouvoir.DECIDER_ACCES)),
    }
    return render(request, "opco/conventions.html", contexte)


@page(opco(Pouvoir.DECIDER_ACCES, "GET", "POST"))
def arreter(request: HttpRequest, mandat_id: UUID) -> HttpResponse:
    """End it at once, with a reason; the second factor was just given."""
    acteur = acteur_opco(request)
    convention = convention_suivie(mandat_id, acteur)
    acteur.exiger_pouvoir(Pouvoir.DECIDER_ACCES, convention.portefeuille_id)
    exiger_second_facteur_recent(request)
    formulaire = FormulaireFinDeConvention(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: arreter_convention(
                mandat_id=mandat_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, "La convention a pris fin. L’entreprise et l’organisme de formation sont prévenus.")
            return redirect("opco_conventions")
    return montrer(request, "opco/convention_arreter.html", formulaire, mandat=mandat_affiche(convention, maintenant(), acteur))
