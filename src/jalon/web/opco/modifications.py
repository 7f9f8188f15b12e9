"""Answering what a company asks to change."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dossiers.requetes import modification_accessible
from jalon.instruction.actions import accepter_modification, refuser_modification
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.formulaires_complement import DELAI_COMPLEMENT
from jalon.web.opco.instruction import ouvrir_dossier


class FormulaireRefusDeModification(forms.Form):
    """Why; the company reads it in the thread."""

    motif = forms.CharField(
        label="Pourquoi garder la réponse\u00a0?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L’entreprise lira ce texte tel quel.",
        error_messages={"required": "Indiquez pourquoi vous refusez cette modification"},
    )  # fmt: skip


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def accepter(request: HttpRequest, dossier_id: UUID, modification_id: UUID) -> HttpResponse:
    """Open the answer again, for the usual delay."""
    acteur, _ = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    accepter_modification(
        dossier_id=dossier_id,
        modification_id=modification_id,
        echeance=aujourdhui() + DELAI_COMPLEMENT,
        par=acteur,
        maintenant=maintenant(),
    )
    messages.success(request, "La réponse est rouverte, l’entreprise est prévenue.")
    return redirect("opco_dossier", dossier_id=dossier_id)


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def refuser(request: HttpRequest, dossier_id: UUID, modification_id: UUID) -> HttpResponse:
    """Keep the answer, and say why."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    modification = modification_accessible(lu, modification_id, acteur)
    formulaire = FormulaireRefusDeModification(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: refuser_modification(
                dossier_id=dossier_id,
                modification_id=modification_id,
                motif=formulaire.cleaned_data["motif"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "La modification est refusée, l’entreprise est prévenue.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    return montrer(request, "opco/modification_refuser.html", formulaire, dossier=lu, modification=modification)
