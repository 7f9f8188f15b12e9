"""The contact form: no account needed."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.aide.actions.tickets import AILLEURS, Provenance, ouvrir_ticket
from jalon.aide.enums import LIBELLES_DEMI_JOURNEES, LIBELLES_OBJETS, ObjetTicket
from jalon.aide.horaires import lignes_horaires
from jalon.aide.models import Ticket
from jalon.aide.profils import PARIS
from jalon.aide.regles import MESSAGE_MAX, NOM_MAX
from jalon.comptes.models import Personne
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import page, public
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.composants.provenance import adresse_de, provenance
from jalon.web.public.profil import profil_de_la_requete

SUJETS_DES_LIENS = {"code": ObjetTicket.CODE_REFUSE.value}
"""What a link to the form says it is about (`?sujet=`)."""
OBJETS = [("", "Choisissez"), *((o.value, LIBELLES_OBJETS[o]) for o in ObjetTicket)]


class FormulaireContact(forms.Form):
    """Judged by the action; the SIREN brings the message to the right people. The last three ask for a call."""

    objet = forms.ChoiceField(label="Sujet", choices=OBJETS, error_messages={"required": "Choisissez le sujet de votre message"})
    nom = forms.CharField(
        label="Nom et prénom",
        max_length=NOM_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Indiquez votre nom"},
    )
    email = forms.CharField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y enverrons la réponse. Exemple\u00a0: nom@entreprise.fr",
        error_messages={"required": "Indiquez votre adresse électronique"},
    )
    siren = forms.CharField(
        label="SIREN",
        required=False,
        help_text="9 chiffres. Il mène votre message aux bonnes personnes.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-m"}),
    )
    message = forms.CharField(
        label="Votre message",
        max_length=MESSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="N’écrivez ni numéro de sécurité sociale, ni IBAN, ni code d’activation.",
        error_messages={"required": "Écrivez votre message"},
    )
    telephone = forms.CharField(
        label="Téléphone",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "w-m"}),
    )
    rappel_le = ChampDate(label="Jour du rappel", required=False, help_text="Un jour ouvré, dans les trente jours.")
    rappel_moment = forms.ChoiceField(
        label="Moment",
        required=False,
        choices=[("", "Choisissez"), *((d.value, libelle) for d, libelle in LIBELLES_DEMI_JOURNEES.items())],
        error_messages={"invalid_choice": "Choisissez le matin ou l’après-midi"},
    )


@page(public("GET", "POST"))
def contact(request: HttpRequest) -> HttpResponse:
    """The form, filled with what is known of somebody signed in, and of the page that she left."""
    origine = _provenance(request)
    formulaire = FormulaireContact(request.POST or None, initial=_connu(request, origine))
    if request.method == "POST":
        ticket = tenter(formulaire, lambda: _ouvrir(request, origine, formulaire.cleaned_data))
        if ticket is not None:
            return render(request, "public/contact_recu.html", {"ticket": ticket})
    profil = profil_de_la_requete(request)
    contexte = {
        "horaires": lignes_horaires(profil.fuseau, aujourdhui()),
        "fuseau_d_ailleurs": profil.fuseau != PARIS,
        "origine": origine,
        "quittee": adresse_de(origine.page),
    }
    return montrer(request, "public/contact.html", formulaire, **contexte)


def _provenance(request: HttpRequest) -> Provenance:
    """From the link; once the form is sent, from what it held alone: the browser then left the form itself."""
    if request.method == "GET":
        return provenance(request, request.GET.get("page", ""), request.GET.get("espace", ""))
    page_quittee = request.POST.get("page", "")
    return provenance(request, page_quittee, request.POST.get("espace", "")) if page_quittee else AILLEURS


def _ouvrir(request: HttpRequest, origine: Provenance, saisie: Mapping[str, Any]) -> Ticket:
    adresse_ip = get_adapter().get_client_ip(request)
    return ouvrir_ticket(**saisie, provenance=origine, adresse_ip=adresse_ip, maintenant=maintenant())


def _connu(request: HttpRequest, origine: Provenance) -> dict[str, str]:
    sujet = request.GET.get("sujet", "")
    connu = {"objet": SUJETS_DES_LIENS.get(sujet, ""), "siren": origine.espace}
    if isinstance(request.user, Personne):
        connu |= {"nom": request.user.nom_complet, "email": request.user.email}
    return connu
