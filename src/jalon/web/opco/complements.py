"""Asking a company again, and taking back what was asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import complement_en_cours
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.instruction.actions import demander_complement, retirer_complement
from jalon.instruction.requetes import complements_affiches
from jalon.messagerie.enums import Usage
from jalon.messagerie.requetes import modeles_de
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.opco.formulaires_complement import FormulaireComplement, FormulaireRetrait
from jalon.web.opco.instruction import ouvrir_dossier
from jalon.web.opco.modeles import texte_choisi

PREPARER = "preparer"


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def demander(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Tick, write a reason for each thing if wanted (the page is drawn again with their boxes), ask."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    if PREPARER in request.POST:
        depart = _saisi(request.POST)
        if texte := texte_choisi(lu, acteur, request.POST.get("modele", "")):
            depart["message"] = texte
        return _montrer(request, lu, acteur, FormulaireComplement(lu, initial=depart))
    formulaire = FormulaireComplement(lu, request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: demander_complement(dossier_id=dossier_id, par=acteur, maintenant=maintenant(), **formulaire.lu()),
        )
        if fait is not None:
            messages.success(request, "Le complément est demandé, l’entreprise est prévenue.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    return _montrer(request, lu, acteur, formulaire)


def _montrer(request: HttpRequest, lu: Dossier, acteur: ActeurPersonne, formulaire: FormulaireComplement) -> HttpResponse:
    modeles = modeles_de(acteur, Usage.COMPLEMENT)
    return montrer(request, "opco/complement.html", formulaire, dossier=lu, modeles=modeles, dans_le_formulaire=True)


def _saisi(donnees: QueryDict) -> dict[str, Any]:
    """What was typed so far, unjudged."""
    listes = {nom: donnees.getlist(nom) for nom in ("pieces", "cases")}
    return {nom: valeur for nom, valeur in donnees.items() if nom not in listes} | listes


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def retirer(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """A page that repeats the consequences, then the withdrawal."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    if complement_en_cours(lu) is None:
        return redirect("opco_dossier", dossier_id=dossier_id)
    formulaire = FormulaireRetrait(request.POST or None)
    if request.method == "POST":
        motif = formulaire.data.get("motif", "")
        fait = tenter(
            formulaire, lambda: retirer_complement(dossier_id=dossier_id, motif=motif, par=acteur, maintenant=maintenant())
        )
        if fait is not None:
            messages.success(request, "La demande de complément est retirée, l’entreprise est prévenue.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    demande = complements_affiches(lu, acteur, aujourdhui())[0]
    return montrer(request, "opco/complement_retirer.html", formulaire, dossier=lu, complement=demande)
