"""A copy of a request, and a draft shared between several."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dispositifs.base import Section
from jalon.dispositifs.lecture import rubriques_a_copier
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import dupliquer_dossier, scinder_dossier
from jalon.dossiers.requetes import exiger_de_copier, peut_lire_les_sensibles, reponses_a_copier
from jalon.socle.acteurs import Niveau, Profil
from jalon.socle.erreurs import DroitManquant
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.commun import etablissements_choisissables
from jalon.web.espace.dossier import ouvrir_dossier
from jalon.web.espace.saisie.ouverture import ouvrir_saisie


class FormulaireCopie(forms.Form):
    """What is copied, for which establishment."""

    rubriques = forms.MultipleChoiceField(
        label="Que voulez-vous copier\u00a0?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une rubrique à copier"},
    )
    siret = forms.ChoiceField(label="Pour quel établissement\u00a0?", required=False)

    def __init__(self, siren: str, sections: Sequence[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rubriques, siret = self.fields["rubriques"], self.fields["siret"]
        if isinstance(rubriques, forms.MultipleChoiceField) and isinstance(siret, forms.ChoiceField):
            rubriques.choices = [(s.code, s.fiche.titre) for s in sections]
            siret.choices = [("", "Je l’indiquerai ensuite"), *etablissements_choisissables(siren)]


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def dupliquer(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Choose what is copied, then type what is not."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    exiger_de_copier(lu, ici.acteur)
    droit = lu.droit(Niveau.SAISIE)
    if not ici.acteur.a_un_droit(siren, droit, Profil.ADHERENT):
        raise DroitManquant(ici.acteur.phrase_droit_manquant(droit, siren, Profil.ADHERENT))
    declaration = dispositif_de(lu.dispositif)
    sections = rubriques_a_copier(declaration, reponses_a_copier(lu))
    initial = {"rubriques": [s.code for s in sections], "siret": lu.siret}
    formulaire = FormulaireCopie(siren, sections, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        copie = tenter(
            formulaire,
            lambda: dupliquer_dossier(
                dossier_id=dossier_id,
                rubriques=formulaire.cleaned_data["rubriques"],
                siret=formulaire.cleaned_data["siret"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if copie is not None:
            messages.success(
                request, "La copie est commencée. Complétez-la\u00a0: dates, pièces, et ce que vous n’avez pas copié."
            )
            return redirect("saisie_verifier", siren=siren, dossier_id=copie.pk)
    return montrer(
        request,
        "espace/saisie/dupliquer.html",
        formulaire,
        ici=ici,
        dossier=lu,
        dispositif=declaration,
        fermeture=declaration.fermeture(aujourdhui()),
        sensibles=peut_lire_les_sensibles(lu, ici.acteur),
    )


@page(espace(None, Niveau.LECTURE, "POST"))
def scinder(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Share the draft between as few as the limit allows; a double click leads to the same ones."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    parts = scinder_dossier(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant())
    messages.success(request, f"Le dossier est réparti en {len(parts)}\u00a0: chacun se complète et se transmet à part.")
    return redirect("saisie_verifier", siren=siren, dossier_id=dossier_id)
