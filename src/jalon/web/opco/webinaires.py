"""Webinars as those who plan them see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.aide.actions.webinaires import annuler_webinaire, modifier_webinaire, programmer_webinaire
from jalon.aide.models import Webinaire
from jalon.aide.profils import REGIONS, branches
from jalon.aide.regles_webinaires import LIEN_MAX, RESUME_MAX, TITRE_MAX, SaisieWebinaire
from jalon.aide.requetes_webinaires import places_prises, programme, webinaire
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import PARIS
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.opco.commun import acteur_opco


class FormulaireWebinaire(forms.Form):
    """Judged by the action; day and hour are of Paris."""

    titre = forms.CharField(label="Titre", max_length=TITRE_MAX, error_messages={"required": "Indiquez le titre"})
    resume = forms.CharField(
        label="Résumé",
        max_length=RESUME_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites en quelques lignes de quoi il s’agit"},
    )
    jour = ChampDate(label="Jour", error_messages={"required": "Indiquez le jour"})
    heure = forms.TimeField(
        label="Heure",
        help_text="Heure de l’Hexagone, par exemple 10:00.",
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={"required": "Indiquez l’heure", "invalid": "Écrivez l’heure sous la forme 10:00"},
    )
    duree = forms.IntegerField(
        label="Durée, en minutes",
        error_messages={"required": "Indiquez la durée", "invalid": "Écrivez un nombre de minutes, par exemple 45"},
    )
    places = forms.IntegerField(
        label="Places",
        error_messages={"required": "Indiquez le nombre de places", "invalid": "Écrivez un nombre de places, par exemple 100"},
    )
    lien = forms.CharField(
        label="Lien de connexion",
        max_length=LIEN_MAX,
        help_text="Montré aux seules personnes inscrites.",
        error_messages={"required": "Indiquez le lien de connexion"},
    )
    region = forms.ChoiceField(
        label="Région",
        required=False,
        choices=[("", "Toutes les régions"), *((r.code, r.nom) for r in REGIONS.values())],
        error_messages={"invalid_choice": "Choisissez une région de cette liste"},
    )
    branche = forms.ChoiceField(
        label="Branche", required=False, error_messages={"invalid_choice": "Choisissez une branche de cette liste"}
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choix = self.fields["branche"]
        if isinstance(choix, forms.ChoiceField):
            noms = branches(settings.JALON_OPCO_IDCC).items()
            choix.choices = [("", "Toutes les branches"), *((code, f"{nom} (IDCC\u00a0{code})") for code, nom in noms)]

    def saisie(self) -> SaisieWebinaire:
        """What the action reads."""
        lues: dict[str, Any] = dict(self.cleaned_data)
        debut = datetime.combine(lues.pop("jour"), lues.pop("heure"), PARIS)
        return SaisieWebinaire(debut=debut, **lues)


@page(opco(Pouvoir.REPONDRE_TICKETS, "GET", "POST"))
def liste(request: HttpRequest) -> HttpResponse:
    """What is planned, and one more."""
    acteur = acteur_opco(request)
    formulaire = FormulaireWebinaire(request.POST or None)
    if request.method == "POST":
        fait = tenter(formulaire, lambda: programmer_webinaire(saisie=formulaire.saisie(), par=acteur, maintenant=maintenant()))
        if fait is not None:
            messages.success(request, "Le webinaire est à l’agenda.")
            return redirect("opco_webinaires")
    webinaires = list(programme(acteur))
    prises = places_prises(webinaires)
    lignes = [(w, prises.get(w.pk, 0), _modifiable(w)) for w in webinaires]
    return montrer(request, "opco/webinaires.html", formulaire, lignes=lignes)


@page(opco(Pouvoir.REPONDRE_TICKETS, "GET", "POST"))
def modifier(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """Change it: those registered are told when it moves."""
    acteur = acteur_opco(request)
    vu = webinaire(webinaire_id)
    formulaire = FormulaireWebinaire(request.POST or None, initial=_valeurs(vu))
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: modifier_webinaire(
                webinaire_id=webinaire_id, saisie=formulaire.saisie(), par=acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, "Le webinaire est modifié.")
            return redirect("opco_webinaires")
    return montrer(request, "opco/webinaire.html", formulaire, webinaire=vu, modifiable=_modifiable(vu))


@page(opco(Pouvoir.REPONDRE_TICKETS, "POST"))
def annuler(request: HttpRequest, webinaire_id: UUID) -> HttpResponse:
    """Cancel it: those registered are told."""
    annuler_webinaire(webinaire_id=webinaire_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le webinaire est annulé, les personnes inscrites sont prévenues.")
    return redirect("opco_webinaires")


def _modifiable(vu: Webinaire) -> bool:
    return vu.annule_le is None and vu.debut > maintenant()


def _valeurs(vu: Webinaire) -> dict[str, object]:
    noms = ("titre", "resume", "duree", "places", "lien", "region", "branche")
    local = vu.debut.astimezone(PARIS)
    return {**{nom: getattr(vu, nom) for nom in noms}, "jour": local.date(), "heure": local.time()}
