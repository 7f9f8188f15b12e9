"""« Mon profil »: branche and région, kept with the account, or in a cookie for a visitor."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.aide.actions.profils import choisir_profil
from jalon.aide.profils import REGIONS, Profil, branches, lire_profil
from jalon.aide.requetes import profil_de
from jalon.comptes.models import Personne
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import page, public
from jalon.web.composants.actes import montrer, tenter
from jalon.web.public.pages import UN_AN

COOKIE_PROFIL = "profil"


class FormulaireProfil(forms.Form):
    """Two lists; nothing chosen shows everything."""

    branche = forms.ChoiceField(
        label="Ma branche",
        required=False,
        help_text="La convention collective de votre entreprise. Son numéro (IDCC) est sur les bulletins de paie.",
        error_messages={"invalid_choice": "Choisissez une branche de cette liste"},
    )
    region = forms.ChoiceField(
        label="Ma région",
        required=False,
        choices=[("", "Toutes les régions"), *((r.code, r.nom) for r in REGIONS.values())],
        error_messages={"invalid_choice": "Choisissez une région de cette liste"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choix = self.fields["branche"]
        if isinstance(choix, forms.ChoiceField):
            noms = branches(settings.JALON_OPCO_IDCC).items()
            lignes = sorted((f"{nom} (IDCC\u00a0{code})", code) for code, nom in noms)
            choix.choices = [("", "Toutes les branches"), *((code, libelle) for libelle, code in lignes)]


def profil_de_la_requete(request: HttpRequest) -> Profil:
    """What the person, or this browser, chose; a cookie that says nothing known is nothing."""
    if isinstance(request.user, Personne):
        return profil_de(request.user.pk)
    branche, _, region = request.COOKIES.get(COOKIE_PROFIL, "").partition(".")
    try:
        return lire_profil(branche=branche, region=region)
    except SaisiesRefusees:
        return Profil()


@page(public("GET", "POST"))
def mon_profil(request: HttpRequest) -> HttpResponse:
    """Choose, then read the help that remains."""
    profil = profil_de_la_requete(request)
    formulaire = FormulaireProfil(request.POST or None, initial={"branche": profil.branche, "region": profil.region})
    if request.method == "POST":
        choisi = tenter(formulaire, lambda: _choisir(request, **formulaire.cleaned_data))
        if choisi is not None:
            return _garde(request, choisi)
    return montrer(request, "aide/profil.html", formulaire)


def _choisir(request: HttpRequest, branche: str, region: str) -> Profil:
    if not isinstance(request.user, Personne):
        return lire_profil(branche=branche, region=region)
    return choisir_profil(branche=branche, region=region, par=request.acteur, maintenant=maintenant())  # type: ignore[attr-defined]


def _garde(request: HttpRequest, choisi: Profil) -> HttpResponse:
    messages.success(
        request, f"L’aide est choisie pour vous\u00a0: {choisi.libelle}." if choisi else "L’aide est montrée en entier."
    )
    reponse = redirect("aide")
    if not isinstance(request.user, Personne):
        reponse.set_cookie(
            COOKIE_PROFIL,
            f"{choisi.branche}.{choisi.region}",
            max_age=UN_AN,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return reponse
