"""Overpayments: reclaimed by who treats invoices, received by the accountant, given up by two people."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.facturation.actions import (
    confirmer_abandon,
    ecarter_abandon,
    enregistrer_remboursement,
    proposer_abandon,
    reclamer_trop_percu,
)
from jalon.facturation.models import TropPercu
from jalon.facturation.requetes import remboursements_de, trop_percu_accessible, trop_percus
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate, ChampMontant
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille


class FormulaireReclamation(forms.Form):
    """Until when."""

    avant = ChampDate(
        label="À rendre avant le",
        help_text="Le bénéficiaire reçoit un courriel\u00a0; son espace dit le montant.",
        error_messages={"required": "Indiquez jusqu’à quand le bénéficiaire peut rendre cette somme"},
    )


class FormulaireRemboursement(forms.Form):
    """What the account shows."""

    montant = ChampMontant(label="Montant reçu", error_messages={"required": "Indiquez le montant reçu"})
    recu_le = ChampDate(label="Reçu le", error_messages={"required": "Indiquez le jour de réception"})
    reference = forms.CharField(
        label="Référence du virement", max_length=60, error_messages={"required": "Indiquez la référence du virement reçu"}
    )


class FormulaireAbandon(forms.Form):
    """Why the OPCO would give it up."""

    motif = forms.CharField(
        label="Pourquoi renoncer à cette somme",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        error_messages={"required": "Indiquez pourquoi l’OPCO renoncerait à cette somme"},
    )


@page(opco(Pouvoir.CONSULTER))
def liste(request: HttpRequest) -> HttpResponse:
    """The open ones first."""
    return render(request, "opco/trop_percus.html", {"trop_percus": trop_percus(acteur_opco(request)), "jour": aujourdhui()})


@page(opco(Pouvoir.CONSULTER))
def trop_percu(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """One, and what may be done with it."""
    acteur = acteur_opco(request)
    return _page(request, acteur, trop_percu_accessible(trop_percu_id, acteur))


def _page(
    request: HttpRequest,
    acteur: ActeurPersonne,
    lu: TropPercu,
    *,
    reclamation: forms.Form | None = None,
    remboursement: forms.Form | None = None,
    abandon: forms.Form | None = None,
) -> HttpResponse:
    """The page, with the form that was refused."""
    fautif = reclamation or remboursement or abandon
    traite, recoit, decide = (
        lu.portefeuille_id in acteur.portefeuilles(pouvoir)
        for pouvoir in (Pouvoir.TRAITER_FACTURES, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS)
    )
    contexte = {
        "t": lu,
        "remboursements": remboursements_de(lu),
        "formulaire": fautif or forms.Form(),
        "reclamation": (reclamation or FormulaireReclamation()) if traite and lu.ouvert else None,
        "remboursement": (remboursement or FormulaireRemboursement()) if recoit and lu.ouvert else None,
        "abandon": (abandon or FormulaireAbandon()) if traite and lu.ouvert and lu.abandon_propose_le is None else None,
        "decide": decide and lu.ouvert and lu.abandon_propose_le is not None,
        "sien": lu.abandon_propose_par == acteur.identite,
    }
    if fautif is not None:
        return montrer(request, "opco/trop_percu.html", fautif, **{c: v for c, v in contexte.items() if c != "formulaire"})
    return render(request, "opco/trop_percu.html", contexte)


def _ouvrir(request: HttpRequest, trop_percu_id: UUID, pouvoir: Pouvoir) -> tuple[ActeurPersonne, TropPercu]:
    acteur = acteur_opco(request)
    lu = trop_percu_accessible(trop_percu_id, acteur)
    exiger_portefeuille(acteur, lu.portefeuille_id, pouvoir)
    return acteur, lu


@page(opco(Pouvoir.TRAITER_FACTURES, "POST"))
def reclamer(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """Write to the payee."""
    acteur, lu = _ouvrir(request, trop_percu_id, Pouvoir.TRAITER_FACTURES)
    formulaire = FormulaireReclamation(request.POST)
    fait = tenter(
        formulaire,
        lambda: reclamer_trop_percu(
            trop_percu_id=trop_percu_id, avant=formulaire.cleaned_data["avant"], par=acteur, maintenant=maintenant()
        ),
    )
    if fait is None:
        return _page(request, acteur, lu, reclamation=formulaire)
    messages.success(request, "Le trop-perçu est réclamé, le bénéficiaire est prévenu.")
    return redirect("opco_trop_percu", trop_percu_id=trop_percu_id)


@page(opco(Pouvoir.PREPARER_LOTS, "POST"))
def rembourser(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """Write down what came back."""
    acteur, lu = _ouvrir(request, trop_percu_id, Pouvoir.PREPARER_LOTS)
    formulaire = FormulaireRemboursement(request.POST)
    fait = tenter(
        formulaire,
        lambda: enregistrer_remboursement(
            trop_percu_id=trop_percu_id, **formulaire.cleaned_data, par=acteur, maintenant=maintenant()
        ),
    )
    if fait is None:
        return _page(request, acteur, lu, remboursement=formulaire)
    messages.success(request, "Le remboursement est enregistré.")
    return redirect("opco_trop_percu", trop_percu_id=trop_percu_id)


@page(opco(Pouvoir.TRAITER_FACTURES, "POST"))
def abandonner(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """Propose to give it up."""
    acteur, lu = _ouvrir(request, trop_percu_id, Pouvoir.TRAITER_FACTURES)
    formulaire = FormulaireAbandon(request.POST)
    fait = tenter(
        formulaire,
        lambda: proposer_abandon(
            trop_percu_id=trop_percu_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
        ),
    )
    if fait is None:
        return _page(request, acteur, lu, abandon=formulaire)
    messages.success(request, "L’abandon est proposé. Une autre personne en décide.")
    return redirect("opco_trop_percu", trop_percu_id=trop_percu_id)


@page(opco(Pouvoir.SIGNER_LOTS, "POST"))
def confirmer(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """Give it up."""
    acteur, _ = _ouvrir(request, trop_percu_id, Pouvoir.SIGNER_LOTS)
    exiger_second_facteur_recent(request)
    confirmer_abandon(trop_percu_id=trop_percu_id, par=acteur, maintenant=maintenant())
    messages.success(request, "Le trop-perçu est abandonné.")
    return redirect("opco_trop_percu", trop_percu_id=trop_percu_id)


@page(opco(Pouvoir.SIGNER_LOTS, "POST"))
def ecarter(request: HttpRequest, trop_percu_id: UUID) -> HttpResponse:
    """Keep expecting it."""
    acteur, _ = _ouvrir(request, trop_percu_id, Pouvoir.SIGNER_LOTS)
    ecarter_abandon(trop_percu_id=trop_percu_id, par=acteur, maintenant=maintenant())
    messages.success(request, "La proposition est écartée\u00a0: la somme reste attendue.")
    return redirect("opco_trop_percu", trop_percu_id=trop_percu_id)
