"""Requests given to an adviser in number."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.comptes.models import Personne
from jalon.dossiers.actions import demander_operation
from jalon.dossiers.enums import GenreOperation
from jalon.dossiers.requetes import operation_accessible
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.operations import contexte_d_operation, lire_selection
from jalon.web.opco.commun import acteur_opco


def conseillers_de(acteur: ActeurPersonne) -> list[Personne]:
    """Those who examine in the portefeuilles of the person, by name."""
    ici = maintenant()
    portefeuilles = acteur.portefeuilles(Pouvoir.INSTRUIRE)
    gens = {p.pk: p for portefeuille in portefeuilles for p in personnes_du_pouvoir(Pouvoir.INSTRUIRE, portefeuille, ici)}
    return sorted(gens.values(), key=lambda p: p.nom_complet)


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def attribuer(request: HttpRequest) -> HttpResponse:
    """Give the requests ticked to somebody."""
    acteur, choix = acteur_opco(request), lire_selection(request)
    if choix.beneficiaire is None:
        messages.warning(request, "Choisissez à qui confier les dossiers cochés.")
        return redirect("opco_file")
    try:
        operation = demander_operation(
            genre=GenreOperation.ATTRIBUER, dossiers=choix.dossiers, beneficiaire=choix.beneficiaire, par=acteur,
            maintenant=maintenant(),
        )  # fmt: skip
    except SaisieRefusee as refus:
        messages.warning(request, f"{refus.message}.")
        return redirect("opco_file")
    return redirect("opco_operation", operation_id=operation.pk)


@page(opco(Pouvoir.INSTRUIRE))
def operation(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """How far it is, then the report."""
    lue = operation_accessible(operation_id, acteur_opco(request))
    if lue.siren:
        raise Introuvable
    gabarit = "composants/operation.html" if request.htmx else "opco/operation.html"  # type: ignore[attr-defined]
    return render(request, gabarit, contexte_d_operation(lue))
