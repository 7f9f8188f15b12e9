"""What sign-up asks besides the address and the password."""

from typing import Any

from django import forms
from django.http import HttpRequest

from jalon.comptes.models import Personne
from jalon.comptes.mots_de_passe import MotDePasseDevinable


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

    def clean(self) -> dict[str, Any]:
        """The account does not exist yet: its owner's name is known here alone, and her password must not repeat it."""
        saisies = super().clean() or self.cleaned_data
        mot_de_passe = saisies.get("password1")
        if mot_de_passe:
            titulaire = Personne(**{nom: saisies.get(nom) or "" for nom in ("prenom", "nom", "email")})
            try:
                MotDePasseDevinable().validate(mot_de_passe, titulaire)
            except forms.ValidationError as refus:
                self.add_error("password1", refus)
        return saisies

    def signup(self, request: HttpRequest, user: Personne) -> None:  # noqa: ARG002
        """Called by allauth with the account being created."""
        user.prenom = self.cleaned_data["prenom"].strip()
        user.nom = self.cleaned_data["nom"].strip()
        user.save(update_fields=["prenom", "nom"])
