"""The contact form: no account needed."""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.aide.actions import ouvrir_ticket
from jalon.aide.enums import LIBELLES_OBJETS, ObjetTicket
from jalon.aide.regles import MESSAGE_MAX, NOM_MAX
from jalon.comptes.models import Personne
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public
from jalon.web.composants.actes import montrer, tenter

SUJETS_DES_LIENS = {"code": ObjetTicket.CODE_REFUSE.value}
"""What a link to the form says it is about (`?sujet=`)."""
OBJETS = [("", "Choisissez"), *((o.value, LIBELLES_OBJETS[o]) for o in ObjetTicket)]


class FormulaireContact(forms.Form):
    """Five boxes, judged by the action; the SIREN brings the message to the right people."""

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


@page(public("GET", "POST"))
def contact(request: HttpRequest) -> HttpResponse:
    """The form, filled with what is known of somebody signed in."""
    formulaire = FormulaireContact(request.POST or None, initial=_connu(request))
    if request.method == "POST":
        origine = get_adapter().get_client_ip(request)
        ticket = tenter(formulaire, lambda: ouvrir_ticket(**formulaire.cleaned_data, adresse_ip=origine, maintenant=maintenant()))
        if ticket is not None:
            return render(request, "public/contact_recu.html", {"ticket": ticket})
    return montrer(request, "public/contact.html", formulaire)


def _connu(request: HttpRequest) -> dict[str, str]:
    sujet = request.GET.get("sujet", "")
    connu = {"objet": SUJETS_DES_LIENS.get(sujet, "")}
    if isinstance(request.user, Personne):
        connu |= {"nom": request.user.nom_complet, "email": request.user.email}
    return connu
