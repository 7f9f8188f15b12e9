"""Asking an organisation for an access, and following one's own request."""

import re
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import exiger_un_compte_personnel
from jalon.habilitations.actions.rejoindre import PersonneNeDecide, demander_acces, retirer_demande
from jalon.habilitations.enums import Etendue, JeuDeDroits
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.profils import PROFILS
from jalon.habilitations.requetes.demandes import SuiteDeDemande, suite_de_ma_demande
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Profil
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import page, personne
from jalon.web.composants.actes import tenter
from jalon.web.composants.elements import Etape
from jalon.web.composants.templatetags.jalon import instant
from jalon.web.espace.activation import PROFILS as COTES

ETENDUES = [
    (Etendue.SIREN.value, "Toute l’entreprise, établissements à venir compris"),
    (Etendue.SIRET.value, "Certains établissements"),
]


class FormulaireRejoindre(forms.Form):
    """Which organisation, what for, on what. Establishments are typed: none is listed to somebody who holds nothing there."""

    profil = forms.ChoiceField(
        label="Profil de l’organisation", choices=COTES, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le profil de l’organisation"},
    )  # fmt: skip
    numero = forms.CharField(
        label="SIREN ou SIRET", max_length=25, help_text="9 ou 14 chiffres.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le SIREN ou un SIRET de l’organisation"},
    )  # fmt: skip
    jeu = forms.ChoiceField(
        label="Droits demandés", choices=[(p.code.value, p.libelle) for p in PROFILS.values()], widget=forms.RadioSelect,
        error_messages={"required": "Choisissez les droits demandés"},
    )  # fmt: skip
    etendue = forms.ChoiceField(
        label="Périmètre demandé", choices=ETENDUES, widget=forms.RadioSelect, initial=Etendue.SIREN.value,
        help_text="Pour un prestataire, les droits portent toujours sur toute l’organisation.",
        error_messages={"required": "Choisissez le périmètre demandé"},
    )  # fmt: skip
    sirets = forms.CharField(
        label="SIRET des établissements", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour «\u00a0Certains établissements\u00a0»\u00a0: un SIRET par ligne.",
    )  # fmt: skip
    raison = forms.CharField(
        label="Qui êtes-vous, et pourquoi cet accès\u00a0?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les administrateurs le liront avec votre nom et votre adresse. Exemple\u00a0: Responsable formation du site "
        "d’Annecy depuis le 2\u00a0novembre.",
        error_messages={"required": "Dites en une phrase qui vous êtes et pourquoi vous en avez besoin"},
    )  # fmt: skip

    def lus(self) -> list[str] | None:
        """The SIRET typed, when establishments are asked."""
        if self.cleaned_data["etendue"] != Etendue.SIRET.value:
            return None
        return [s for s in re.split(r"[\n,;]+", self.cleaned_data["sirets"]) if s.strip()]


@page(personne("GET", "POST"))
def rejoindre(request: HttpRequest) -> HttpResponse:
    """The form; then the waiting page, or the way of the letter when nobody can answer."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    exiger_un_compte_personnel(acteur.personne)
    connus = {"profil": request.GET.get("profil", ""), "numero": request.GET.get("siren", ""), "etendue": Etendue.SIREN.value}
    formulaire = FormulaireRejoindre(request.POST or None, initial=connus)
    sans_personne = False

    def demander() -> DemandeAcces:
        nonlocal sans_personne
        try:
            return demander_acces(
                personne_id=acteur.personne.id,
                numero_saisi=formulaire.cleaned_data["numero"],
                profil=Profil(formulaire.cleaned_data["profil"]),
                jeu=JeuDeDroits(formulaire.cleaned_data["jeu"]),
                sirets_saisis=formulaire.lus(),
                raison=formulaire.cleaned_data["raison"],
                maintenant=maintenant(),
            )
        except PersonneNeDecide:
            sans_personne = True
            raise

    if request.method == "POST":
        demande = tenter(formulaire, demander)
        if demande is not None:
            return redirect("ma_demande", demande_id=demande.pk)
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if formulaire.errors else HTTPStatus.OK
    contexte = {"formulaire": formulaire, "sans_personne": sans_personne}
    return render(request, "espace/rejoindre.html", contexte, status=statut)


@page(personne())
def ma_demande(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Who was told, when, what is asked, until when; and the button to take it back."""
    suite = suite_de_ma_demande(demande_id, request.acteur, maintenant())  # type: ignore[attr-defined]
    demande = suite.demande
    siren = demande.organisation_siren
    contexte = {
        "suite": suite,
        "demande": demande,
        "siren": siren,
        "nom": noms_des_organisations({siren}).get(siren, f"SIREN {grouper(siren)}"),
        "droits": PROFILS[JeuDeDroits(demande.jeu)].libelle,
        "etapes": _etapes(suite),
        "etat": "expiree" if suite.expiree else demande.etat,
    }
    return render(request, "espace/ma_demande.html", contexte)


def _etapes(suite: SuiteDeDemande) -> list[Etape]:
    """Sent, recalled, answered: what is done and what comes."""
    demande = suite.demande
    a_qui = f"à {', '.join(suite.prevenus)}" if suite.prevenus else "à l’OPCO"
    etapes = [Etape("Demande envoyée", f"{instant(demande.demandee_le)}, {a_qui}", "fait")]
    etapes += [Etape("Rappel envoyé", instant(le), "fait") for le in suite.relances]
    if suite.attend:
        return [*etapes, Etape("Réponse attendue", f"au plus tard {instant(suite.expire_le)}", "courant")]
    fin = suite.expire_le if suite.expiree or demande.decidee_le is None else demande.decidee_le
    titres = {"accordee": "Demande acceptée", "refusee": "Demande refusée", "retiree": "Demande retirée"}
    return [*etapes, Etape("Demande expirée" if suite.expiree else titres[demande.etat], instant(fin), "fait")]


@page(personne("POST"))
def retirer(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    retirer_demande(demande_id=demande_id, par=request.acteur, maintenant=maintenant())  # type: ignore[attr-defined]
    messages.success(request, "Votre demande est retirée. Personne n’a plus à y répondre.")
    return redirect("ma_demande", demande_id=demande_id)
