"""The contact form: no account needed."""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.aide.actions import ouvrir_ticket
from jalon.aide.enums import LIBELLES_SUJETS, Sujet
from jalon.comptes.models import Personne
from jalon.messagerie.regles import LONGUEUR_MAXIMUM
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public
from jalon.web.composants.actes import montrer, tenter

SUJETS = [("", "Choisissez"), *((s.value, LIBELLES_SUJETS[s]) for s in Sujet)]


class FormulaireContact(forms.Form):
    """Five boxes; the SIREN brings the message to the right people."""

    sujet = forms.ChoiceField(label="Sujet", choices=SUJETS, error_messages={"required": "Choisissez le sujet de votre message"})
    nom = forms.CharField(
        label="Nom et prénom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Indiquez votre nom"},
    )  # fmt: skip
    email = forms.EmailField(
        label="Adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y enverrons la réponse. Exemple : nom@entreprise.fr",
        error_messages={
            "required": "Indiquez l’adresse où vous répondre",
            "invalid": "Indiquez une adresse électronique complète, comme nom@entreprise.fr",
        },
    )  # fmt: skip
    siren = forms.CharField(
        label="SIREN (facultatif)", required=False, max_length=20, help_text="9 chiffres. Il mène votre message aux bonnes personnes.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-m"}),
    )  # fmt: skip
    corps = forms.CharField(
        label="Votre message", max_length=LONGUEUR_MAXIMUM, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="N’écrivez ni numéro de sécurité sociale, ni IBAN, ni code d’activation.",
        error_messages={"required": "Écrivez votre message"},
    )  # fmt: skip


@page(public("GET", "POST"))
def contact(request: HttpRequest) -> HttpResponse:
    """The form, filled with what is known of somebody signed in."""
    formulaire = FormulaireContact(request.POST or None, initial=_connu(request))
    if request.method == "POST":
        ticket = tenter(
            formulaire,
            lambda: ouvrir_ticket(
                sujet=Sujet(formulaire.cleaned_data["sujet"]),
                nom=formulaire.cleaned_data["nom"],
                email=formulaire.cleaned_data["email"],
                siren_saisi=formulaire.cleaned_data["siren"],
                corps=formulaire.cleaned_data["corps"],
                origine=get_adapter().get_client_ip(request),
                maintenant=maintenant(),
            ),
        )
        if ticket is not None:
            return redirect("contact-recu")
    return montrer(request, "public/contact.html", formulaire)


@page(public("GET"))
def recu(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "public/contact_recu.html")


def _connu(request: HttpRequest) -> dict[str, str]:
    sujet = request.GET.get("sujet", "")
    connu = {"sujet": sujet if sujet in set(Sujet) else ""}
    if isinstance(request.user, Personne):
        connu |= {"nom": request.user.nom_complet, "email": request.user.email}
    return connu
