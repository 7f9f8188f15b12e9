"""SIREN that the register does not know: verified with a proof before any decision. Also the page of one organisation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.banque.requetes import alertes
from jalon.facturation.requetes import declaration_de
from jalon.habilitations.requetes.nominations import nominations_de_l_opco
from jalon.organisations.actions import verifier_organisation
from jalon.organisations.requetes import a_verifier, etablissements_de
from jalon.organisations.requetes import organisation as lire_organisation
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille


class FormulaireVerification(forms.Form):
    """The name, and what was seen."""

    denomination = forms.CharField(
        label="Dénomination", max_length=200, error_messages={"required": "Indiquez la dénomination lue sur la preuve"}
    )
    preuve = forms.CharField(
        label="Preuve vue", max_length=500, widget=forms.Textarea,
        help_text="Par exemple\u00a0: avis de situation au répertoire du 12/11/2026, ou extrait Kbis.",
        error_messages={"required": "Indiquez la preuve que vous avez vue"},
    )  # fmt: skip


@page(opco(Pouvoir.VERIFIER_ORGANISATION))
def liste(request: HttpRequest) -> HttpResponse:
    """Organisations to verify, in the portefeuilles of the person."""
    acteur = acteur_opco(request)
    return render(request, "opco/organisations.html", {"organisations": a_verifier(acteur)[:200]})


@page(opco(Pouvoir.CONSULTER))
def organisation(request: HttpRequest, siren: str) -> HttpResponse:
    """What the register says, where it is followed, alerts on its accounts."""
    acteur = acteur_opco(request)
    lue = lire_organisation(siren)
    if lue is None or lue.portefeuille_id not in acteur.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    des_comptes = [a for a in alertes(acteur, maintenant()) if siren in {a.coordonnees.siren, a.coordonnees.prestataire_siren}]
    contexte = {
        "organisation": lue,
        "etablissements": etablissements_de(siren),
        "alertes": des_comptes,
        "nominations": [n for n in nominations_de_l_opco(acteur, maintenant()) if n.siren == siren],
        "peut_decider": lue.portefeuille_id in acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX),
        "peut_couper": lue.portefeuille_id in acteur.portefeuilles(Pouvoir.COUPER_ACCES),
        "peut_demander_courrier": lue.portefeuille_id in acteur.portefeuilles(Pouvoir.DEMANDER_CODES),
        "peut_declarer": lue.portefeuille_id in acteur.portefeuilles(Pouvoir.TRAITER_FACTURES),
        "declaration": declaration_de(siren),
        "peut_verifier": lue.a_verifier and lue.portefeuille_id in acteur.portefeuilles(Pouvoir.VERIFIER_ORGANISATION),
    }
    return render(request, "opco/organisation.html", contexte)


@page(opco(Pouvoir.VERIFIER_ORGANISATION, "GET", "POST"))
def verifier(request: HttpRequest, siren: str) -> HttpResponse:
    """Confirm an unknown SIREN with a proof."""
    acteur = acteur_opco(request)
    lue = lire_organisation(siren)
    if lue is None:
        raise Introuvable
    exiger_portefeuille(acteur, lue.portefeuille_id, Pouvoir.VERIFIER_ORGANISATION)
    formulaire = FormulaireVerification(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire, lambda: verifier_organisation(siren=siren, par=acteur, maintenant=maintenant(), **formulaire.cleaned_data)
        )
        if faite is not None:
            messages.success(request, f"{faite.denomination} est vérifiée. Ses dossiers peuvent être décidés.")
            return redirect("opco_organisations")
    return montrer(request, "opco/organisation_verifier.html", formulaire, organisation=lue)
