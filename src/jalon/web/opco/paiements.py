"""What the OPCO sets of every payment."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.referentiels.actions import regler_paiements
from jalon.referentiels.requetes import reglage_des_paiements
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco

OUI, NON = "oui", "non"
LIBELLES_COMPTE = {
    OUI: "Il n’est pas payé\u00a0: la facture attend la vérification",
    NON: "Il est payé après ses 72\u00a0heures",
}


class FormulairePaiements(forms.Form):
    """What becomes of an account that nobody verified, from today, and why."""

    compte_verifie = forms.ChoiceField(
        label="Un compte que personne n’a vérifié", widget=forms.RadioSelect, choices=list(LIBELLES_COMPTE.items()),
        error_messages={"required": "Choisissez ce que devient un compte que personne n’a vérifié"},
    )  # fmt: skip
    motif = forms.CharField(
        label="Motif", max_length=300, error_messages={"required": "Indiquez le motif, par exemple la décision de la direction"}
    )


@page(opco(Pouvoir.REGLER_BAREMES, "GET", "POST"))
def paiements(request: HttpRequest) -> HttpResponse:
    """Settings of payments, in force from today; the second factor was just given (exigences, T5)."""
    acteur = acteur_opco(request)
    exiger_second_facteur_recent(request)
    actuel = reglage_des_paiements(aujourdhui())
    formulaire = FormulairePaiements(request.POST or None, initial={"compte_verifie": OUI if actuel.compte_verifie else NON})
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: regler_paiements(
                compte_verifie=formulaire.cleaned_data["compte_verifie"] == OUI,
                motif=formulaire.cleaned_data["motif"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Le réglage des paiements est modifié, dès maintenant.")
            return redirect("opco_reglages")
    return montrer(request, "opco/reglage_paiements.html", formulaire)
