"""Contracts whose level was published after their grant: what would change, and the gesture that applies it."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.contrats.actions import BilanDeRegularisation, regulariser_niveaux
from jalon.contrats.requetes import apercu_du_niveau
from jalon.instruction.models import Regularisation
from jalon.instruction.requetes import page_de_regularisations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco


class FormulaireRegularisation(forms.Form):
    """Which contracts of the page."""

    dossiers = forms.MultipleChoiceField(
        label="Contrats à régulariser",
        error_messages={
            "required": "Cochez au moins un contrat",
            "invalid_choice": "Un contrat coché n’est plus dans cette page\u00a0: relisez-la",
        },
    )

    def __init__(self, lignes: Sequence[Regularisation], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        choix = self.fields["dossiers"]
        if isinstance(choix, forms.MultipleChoiceField):
            choix.choices = [(str(r.dossier_id), r.dossier.numero) for r in lignes]


@page(opco(Pouvoir.DECIDER, "GET", "POST"))
def liste(request: HttpRequest) -> HttpResponse:
    """Before and after, contract by contract; those that are ticked are counted again, and both sides told."""
    acteur = acteur_opco(request)
    lue = page_de_regularisations(acteur, request.GET.get("apres", ""))
    formulaire = FormulaireRegularisation(lue.lignes, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        bilan = tenter(
            formulaire,
            lambda: regulariser_niveaux(
                dossiers=[UUID(d) for d in formulaire.cleaned_data["dossiers"]], par=acteur, maintenant=maintenant()
            ),
        )
        if bilan is not None:
            _dire(request, bilan)
            return redirect("opco_regularisations")
    lignes = [(r, apercu_du_niveau(r.dossier, maintenant())) for r in lue.lignes]
    coches = request.POST.getlist("dossiers")
    return montrer(request, "opco/regularisations.html", formulaire, lignes=lignes, apres=lue.apres, coches=coches)


def _dire(request: HttpRequest, bilan: BilanDeRegularisation) -> None:
    if bilan.faites:
        s = "s" if bilan.faites > 1 else ""
        messages.success(request, f"{bilan.faites} accord{s} recalculé{s}. L’entreprise et le CFA reçoivent le nouvel accord.")
    for refus in sorted(set(bilan.refus.values())):
        messages.error(request, refus)
