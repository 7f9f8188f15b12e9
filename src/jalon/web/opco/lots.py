"""Batches of transfers: prepared by one, signed by another, handed to the bank, closed."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.reglements.actions import abandonner_lot, declarer_execute, preparer_lot, signer_lot, telecharger_xml
from jalon.reglements.enums import EtatLot
from jalon.reglements.examen import Ecartee
from jalon.reglements.models import LotVirements
from jalon.reglements.requetes import alertes_de, factures_a_payer, liste_lots, lot_accessible, virements_de
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Empechements
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.opco.commun import acteur_opco


class FormulaireExecution(forms.Form):
    """What the bank said."""

    date_execution = ChampDate(label="Exécuté le", error_messages={"required": "Indiquez le jour d’exécution"})
    reference = forms.CharField(
        label="Référence de la banque", max_length=60, error_messages={"required": "Indiquez la référence donnée par la banque"}
    )


class FormulaireMotif(forms.Form):
    """Why."""

    motif = forms.CharField(label="Motif", max_length=500, error_messages={"required": "Indiquez le motif"})


def _a_verifier(acteur: ActeurPersonne, ecartees: Sequence[Ecartee]) -> dict[str, object]:
    """The invoices that wait until somebody verifies an account, and whether that is for this person to do."""
    attendent = [e for e in ecartees if e.compte is not None]
    return {"attendent": attendent, "verifie_les_comptes": bool(acteur.portefeuilles(Pouvoir.TRAITER_FACTURES))}


@page(opco(Pouvoir.PREPARER_LOTS))
def liste(request: HttpRequest) -> HttpResponse:
    """Batches, and what can be paid now."""
    acteur = acteur_opco(request)
    payables, ecartees = factures_a_payer(acteur, maintenant())
    contexte = {"lots": liste_lots(acteur), "payables": payables, "ecartees": ecartees, **_a_verifier(acteur, ecartees)}
    return render(request, "opco/lots.html", contexte)


@page(opco(Pouvoir.SIGNER_LOTS))
def a_signer(request: HttpRequest) -> HttpResponse:
    """Batches that wait for a signature, then the others."""
    acteur = acteur_opco(request)
    return render(request, "opco/lots_a_signer.html", {"lots": liste_lots(acteur)})


@page(opco(Pouvoir.PREPARER_LOTS, "GET", "POST"))
def preparer(request: HttpRequest) -> HttpResponse:
    """What the batch would hold and what it sets aside, with the reason; then prepare it."""
    acteur = acteur_opco(request)
    erreurs: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            preparation = preparer_lot(par=acteur, maintenant=maintenant())
        except Empechements as refus:
            erreurs = [("", refus.message.removesuffix("."))]
        else:
            messages.success(request, f"Le lot {preparation.lot.numero} est préparé. Une autre personne doit le signer.")
            return redirect("opco_lot", lot_id=preparation.lot.pk)
    payables, ecartees = factures_a_payer(acteur, maintenant())
    contexte = {"payables": payables, "ecartees": ecartees, "erreurs": erreurs, **_a_verifier(acteur, ecartees)}
    return render(
        request, "opco/lot_preparer.html", contexte, status=HTTPStatus.UNPROCESSABLE_ENTITY if erreurs else HTTPStatus.OK
    )


def _ouvrir(request: HttpRequest, lot_id: UUID) -> tuple[ActeurPersonne, LotVirements]:
    acteur = acteur_opco(request)
    return acteur, lot_accessible(lot_id, acteur)


@page(opco(Pouvoir.CONSULTER))
def lot(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """One batch: its lines, alerts, what may be done by whom."""
    acteur, lu = _ouvrir(request, lot_id)
    return montrer(
        request, "opco/lot.html", FormulaireExecution(initial={"date_execution": aujourdhui()}), **_contexte(acteur, lu)
    )


def _contexte(acteur: ActeurPersonne, lu: LotVirements) -> dict[str, object]:
    signe = bool(acteur.portefeuilles(Pouvoir.SIGNER_LOTS))
    prepare = bool(acteur.portefeuilles(Pouvoir.PREPARER_LOTS))
    return {
        "lot": lu,
        "virements": virements_de(lu),
        "alertes": alertes_de(lu, maintenant()),
        "verifie_les_comptes": bool(acteur.portefeuilles(Pouvoir.TRAITER_FACTURES)),
        "peut_signer": signe and lu.etat == EtatLot.PREPARE and lu.prepare_par != acteur.identite,
        "peut_abandonner": _abandonnable(lu, prepare=prepare, signe=signe),
        "peut_remettre": lu.etat in {EtatLot.SIGNE, EtatLot.EXECUTE},
        "peut_executer": lu.etat == EtatLot.SIGNE and lu.remis_le is not None,
    }


def _abandonnable(lu: LotVirements, *, prepare: bool, signe: bool) -> bool:
    """A signed batch is given up by those who sign, as long as nobody has its file."""
    if lu.etat == EtatLot.SIGNE:
        return signe and lu.remis_le is None
    return lu.etat == EtatLot.PREPARE and (signe or prepare)


def _refuser(request: HttpRequest, acteur: ActeurPersonne, lu: LotVirements, refus: Empechements) -> HttpResponse:
    """The batch again, with what prevents the act; the lines concerned are among its alerts."""
    contexte = {**_contexte(acteur, lu), "formulaire": FormulaireExecution(), "erreurs": [("", refus.message.removesuffix("."))]}
    return render(request, "opco/lot.html", contexte, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@page(opco(Pouvoir.SIGNER_LOTS, "POST"))
def signer(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Sign, with a second factor of less than five minutes: the file is generated once."""
    acteur, lu = _ouvrir(request, lot_id)
    exiger_second_facteur_recent(request)
    try:
        signer_lot(lot_id=lot_id, par=acteur, maintenant=maintenant())
    except Empechements as refus:
        return _refuser(request, acteur, lu, refus)
    messages.success(request, f"Le lot {lu.numero} est signé, son fichier bancaire est prêt.")
    return redirect("opco_lot", lot_id=lot_id)


@page(opco(Pouvoir.CONSULTER, "GET", "POST"))
def abandonner(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Give a batch up: its invoices may be paid by another."""
    acteur, lu = _ouvrir(request, lot_id)
    formulaire = FormulaireMotif(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: abandonner_lot(lot_id=lot_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()),
        )
        if fait is not None:
            messages.success(request, f"Le lot {lu.numero} est abandonné.")
            return redirect("opco_lot", lot_id=lot_id)
    return montrer(request, "opco/lot_abandonner.html", formulaire, lot=lu)


@page(opco(Pouvoir.CONSULTER, "POST"))
def fichier(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """The file for the bank: the same bytes at each download; journaled."""
    acteur, lu = _ouvrir(request, lot_id)
    exiger_second_facteur_recent(request)
    try:
        remis = telecharger_xml(lot_id=lot_id, par=acteur, maintenant=maintenant())
    except Empechements as refus:
        return _refuser(request, acteur, lu, refus)
    return reponse_fichier(remis.octets, remis.nom, "application/xml")


@page(opco(Pouvoir.CONSULTER, "POST"))
def executer(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Declare the batch executed: invoices are paid, both sides see it."""
    acteur, lu = _ouvrir(request, lot_id)
    formulaire = FormulaireExecution(request.POST)
    fait = tenter(
        formulaire,
        lambda: declarer_execute(lot_id=lot_id, par=acteur, maintenant=maintenant(), **formulaire.cleaned_data),
    )
    if fait is None:
        return montrer(request, "opco/lot.html", formulaire, **_contexte(acteur, lu))
    messages.success(request, f"Le lot {lu.numero} est exécuté. Les bénéficiaires voient leur règlement.")
    return redirect("opco_lot", lot_id=lot_id)
