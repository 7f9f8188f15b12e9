"""What sign-up asks besides the address and the password."""

from django import forms
from django.http import HttpRequest

from jalon.comptes.models import Personne


class Identite(forms.Form):
    """First and last name, shown to colleagues who give rights."""

    prenom = forms.CharField(
        label="Prénom",
        max_length=80,
        error_messages={"required": "Indiquez votre prénom"},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label="Nom",
        max_length=80,
        error_messages={"required": "Indiquez votre nom"},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ("prenom", "nom", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: Personne) -> None:  # noqa: ARG002
        """Called by allauth with the account being created."""
        user.prenom = self.cleaned_data["prenom"].strip()
        user.nom = self.cleaned_data["nom"].strip()
        user.save(update_fields=["prenom", "nom"])
