"""An avenant before the adviser: what it changes, then her decision."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.contrats.actions import accepter_avenant, refuser_avenant
from jalon.contrats.enums import EtatAvenant
from jalon.contrats.requetes import apercu_d_avenant, avenant_en_cours, vie_de
from jalon.dossiers.requetes import dossier_accessible
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille

ACCEPTER, REFUSER = "accepter", "refuser"


class FormulaireAvenant(forms.Form):
    """Accept, or refuse with words."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[(ACCEPTER, "Accepter l’avenant"), (REFUSER, "Refuser l’avenant")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez d’accepter ou de refuser"},
    )
    texte = forms.CharField(
        label="Si vous refusez, pourquoi",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="L’entreprise lira ce texte tel quel.",
    )


@page(opco(Pouvoir.DECIDER, "GET", "POST"))
def avenant(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The avenant that waits, on a contract of my portefeuilles."""
    acteur = acteur_opco(request)
    lu = dossier_accessible(dossier_id, acteur)
    exiger_portefeuille(acteur, lu.portefeuille_id, Pouvoir.DECIDER)
    en_cours = avenant_en_cours(lu)
    if en_cours is None or en_cours.etat != EtatAvenant.TRANSMIS:
        raise Introuvable("Aucun avenant n’attend de décision sur ce contrat.")
    formulaire = FormulaireAvenant(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        decide = tenter(formulaire, lambda: _decider(formulaire, dossier_id, request))
        if decide is not None:
            messages.success(request, "La décision est prise, l’entreprise est prévenue.")
            return redirect(*_suite(dossier_id, acteur))
    return montrer(
        request,
        "opco/avenant.html",
        formulaire,
        dossier=lu,
        avenant=en_cours,
        genre=vie_de(lu).genre(en_cours.code),
        apercu=apercu_d_avenant(lu, en_cours, maintenant()),
    )


def _suite(dossier_id: UUID, acteur: Acteur) -> tuple[str, ...]:
    """The contract, or the list when it left the portefeuilles of who decided."""
    try:
        dossier_accessible(dossier_id, acteur)
    except Introuvable:
        return ("opco_dossiers",)
    return (f"/opco/dossiers/{dossier_id}/",)


def _decider(formulaire: FormulaireAvenant, dossier_id: UUID, request: HttpRequest) -> object:
    lues, acteur = formulaire.cleaned_data, acteur_opco(request)
    if lues["decision"] == ACCEPTER:
        return accepter_avenant(dossier_id=dossier_id, par=acteur, maintenant=maintenant())
    return refuser_avenant(dossier_id=dossier_id, texte=lues["texte"], par=acteur, maintenant=maintenant())
