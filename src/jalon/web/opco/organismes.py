"""The déclaration d’activité of a provider: under six months, its advances wait for a proof (Code du travail, R6332-25, V)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.facturation.actions import noter_declaration_activite
from jalon.facturation.requetes import declaration_de
from jalon.organisations.requetes import organisation as lire_organisation
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.saisie.formulaires import OUI_NON
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille


class FormulaireDeclaration(forms.Form):
    """The day that the provider proved, and what the OPCO chose."""

    enregistree_le = ChampDate(
        label="Déclaration d’activité enregistrée le",
        help_text="Sur le récépissé de la préfecture de région.",
        error_messages={"required": "Indiquez le jour d’enregistrement de la déclaration d’activité"},
    )
    differe = forms.ChoiceField(
        label="Le premier versement attend-il le troisième mois du contrat\u00a0?",
        choices=OUI_NON,
        widget=forms.RadioSelect,
        help_text="Tant que la déclaration a moins de six mois\u00a0: l’OPCO en décide.",
        error_messages={"required": "Dites si le premier versement attend le troisième mois"},
    )


@page(opco(Pouvoir.TRAITER_FACTURES, "GET", "POST"))
def declaration(request: HttpRequest, siren: str) -> HttpResponse:
    """Note it, or correct it."""
    acteur, lue = acteur_opco(request), lire_organisation(siren)
    if lue is None or lue.portefeuille_id not in acteur.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    exiger_portefeuille(acteur, lue.portefeuille_id, Pouvoir.TRAITER_FACTURES)
    deja = declaration_de(siren)
    initial = {"enregistree_le": deja.enregistree_le, "differe": "oui" if deja.differe else "non"} if deja else {}
    formulaire = FormulaireDeclaration(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        notee = tenter(
            formulaire,
            lambda: noter_declaration_activite(
                siren=siren,
                enregistree_le=formulaire.cleaned_data["enregistree_le"],
                differe=formulaire.cleaned_data["differe"] == "oui",
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if notee is not None:
            messages.success(request, "La déclaration d’activité est notée.")
            return redirect("opco_organisation", siren=siren)
    return montrer(request, "opco/organisation_declaration.html", formulaire, organisation=lue, deja=deja)
