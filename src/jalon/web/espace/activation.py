"""Typing the code that came by post."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.activation import SuiteDuCode, utiliser_code
from jalon.habilitations.actions.attribution import exiger_un_compte_personnel
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Profil
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import page, personne
from jalon.web.composants.actes import montrer, tenter

PROFILS = [
    (Profil.ADHERENT.value, "Adhérent\u00a0: une entreprise qui demande des financements"),
    (Profil.PRESTATAIRE.value, "Prestataire\u00a0: un organisme de formation ou un CFA"),
]


class FormulaireCode(forms.Form):
    """The profile comes first: it is what is most often wrong."""

    profil = forms.ChoiceField(
        label="Profil écrit en tête de la lettre", choices=PROFILS, widget=forms.RadioSelect,
        help_text="La lettre porte «\u00a0SIREN – adhérent\u00a0» ou «\u00a0SIREN – prestataire\u00a0».",
    )  # fmt: skip
    siren = forms.CharField(
        label="SIREN", max_length=20, help_text="9 chiffres, inscrits sur la lettre.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le SIREN inscrit sur la lettre"},
    )  # fmt: skip
    code = forms.CharField(
        label="Code d’activation", max_length=40, help_text="14 caractères, avec ou sans les tirets. Il ne contient ni O, ni I.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "class": "w-m"}),
        error_messages={"required": "Indiquez le code de la lettre"},
    )  # fmt: skip


@page(personne("GET", "POST"))
def activation(request: HttpRequest) -> HttpResponse:
    """Form, then what the code gave: the administration for 72 hours of probation, or a request."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    exiger_un_compte_personnel(acteur.personne)
    formulaire = FormulaireCode(request.POST or None, initial={"profil": request.GET.get("profil", "")})
    if request.method == "POST":
        suite = tenter(
            formulaire,
            lambda: utiliser_code(
                personne_id=acteur.personne.id,
                siren_saisi=formulaire.cleaned_data["siren"],
                profil=Profil(formulaire.cleaned_data["profil"]),
                code_saisi=formulaire.cleaned_data["code"],
                maintenant=maintenant(),
            ),
        )
        if suite is not None:
            return _suite(request, suite)
    return montrer(request, "espace/activation.html", formulaire)


def _suite(request: HttpRequest, suite: SuiteDuCode) -> HttpResponse:
    nom = noms_des_organisations({suite.siren}).get(suite.siren, grouper(suite.siren))
    decideurs = [] if suite.administrateur else [a.nom for a in administrateurs_actifs(suite.siren, suite.profil, maintenant())]
    return render(request, "espace/activation_suite.html", {"suite": suite, "nom": nom, "decideurs": decideurs})
