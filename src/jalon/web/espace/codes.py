"""Following one's codes, asking for a letter, ending a code. No page ever shows a code."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import exiger_un_compte_personnel
from jalon.habilitations.actions.courriers_demandes import demander_lettre
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.suivi import code_accessible, suivi_des_codes
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page, personne
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.arret import FormulaireArret
from jalon.web.espace.activation import PROFILS
from jalon.web.espace.commun import exiger_ici, ouvrir_espace


class FormulaireCourrier(forms.Form):
    """For which SIREN, on which side."""

    profil = forms.ChoiceField(
        label="Profil", choices=PROFILS, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le profil de l’organisation"},
    )  # fmt: skip
    siren = forms.CharField(
        label="SIREN", max_length=20, help_text="9 chiffres.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le SIREN de l’organisation"},
    )  # fmt: skip


@page(personne("GET", "POST"))
def courrier(request: HttpRequest) -> HttpResponse:
    """Ask for a letter to the head office: the answer is the same whatever the SIREN."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    exiger_un_compte_personnel(acteur.personne)
    connus = {"profil": request.GET.get("profil", ""), "siren": request.GET.get("siren", "")}
    formulaire = FormulaireCourrier(request.POST or None, initial=connus)
    if request.method == "POST":
        demande = tenter(
            formulaire,
            lambda: demander_lettre(
                personne_id=acteur.personne.id,
                siren_saisi=formulaire.cleaned_data["siren"],
                profil=Profil(formulaire.cleaned_data["profil"]),
                maintenant=maintenant(),
            ),
        )
        if demande is not None:
            messages.success(
                request,
                "Votre demande est enregistrée. L’OPCO la traite, puis la lettre part au siège\u00a0: son état est sur cette page.",
            )
            return redirect("mes_codes")
    return montrer(request, "espace/courrier.html", formulaire)


@page(personne())
def mes_codes(request: HttpRequest) -> HttpResponse:
    """Every code of the organisations that I administer, and the letters that I asked for."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    cherche = request.GET.get("q", "").strip()[:100]
    return render(request, "espace/mes_codes.html", {"suivi": suivi_des_codes(acteur, cherche), "cherche": cherche})


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def arreter(request: HttpRequest, siren: str, code_id: UUID) -> HttpResponse:
    """End a code of the organisation, with a reason."""
    ici = ouvrir_espace(request, siren)
    code = code_accessible(code_id, ici.acteur)
    exiger_ici(ici, code.siren)
    ici.acteur.exiger(Droit(Domaine.ACCES, Niveau.GESTION), portee_des_acces(code.siren, code.profil))
    formulaire = FormulaireArret(request.POST or None)
    if request.method == "POST" and formulaire.arreter(code, ici.acteur) is not None:
        messages.success(request, "Le code est arrêté\u00a0: plus personne ne peut s’en servir.")
        return redirect("mes_codes")
    return montrer(request, "espace/code_arreter.html", formulaire, ici=ici, code=code)
