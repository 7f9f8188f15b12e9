"""« Nouveau contrat à partir de celui-ci »."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.contrats.actions import commencer_nouveau_contrat
from jalon.contrats.requetes import suites_possibles, vie_de
from jalon.dispositifs.base import SuiteDeContrat
from jalon.socle.acteurs import Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.dossier import ouvrir_dossier


class FormulaireSuite(forms.Form):
    """Which kind of contract follows."""

    code = forms.ChoiceField(
        label="Type du nouveau contrat",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le type du nouveau contrat"},
    )

    def __init__(self, suites: Sequence[SuiteDeContrat], *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["code"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [(s.code, s.libelle) for s in suites]


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def suite(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """What is copied and what is not, then the draft."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id, Niveau.SAISIE)
    formulaire = FormulaireSuite(suites_possibles(lu), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        brouillon = tenter(
            formulaire,
            lambda: commencer_nouveau_contrat(
                dossier_id=dossier_id, code=formulaire.cleaned_data["code"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if brouillon is not None:
            messages.success(
                request, "Le nouveau contrat est commencé. Complétez-le\u00a0: dates, rémunération, formation, pièces."
            )
            return redirect("saisie_verifier", siren=lu.siren, dossier_id=brouillon.pk)
    return montrer(request, "espace/contrats/suite.html", formulaire, ici=ici, dossier=lu, vie=vie_de(lu))
