"""Decisions about access that take two people: lost administrator, end of an access, successor, establishment taken over."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.decisions import confirmer_decision, ecarter_decision, proposer_decision
from jalon.habilitations.enums import LIBELLES_DECISIONS, EtatDecision, NatureDecision
from jalon.habilitations.models import DecisionADeux
from jalon.habilitations.requetes.decisions import decision_de, decisions_closes, decisions_proposees, personnes_rattachees
from jalon.organisations.models import Organisation
from jalon.organisations.requetes import etablissements_de, noms_des_organisations
from jalon.organisations.requetes import organisation as lire_organisation
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.erreurs import ErreurMetier, Introuvable
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import PAGES, montrer, tenter
from jalon.web.composants.champs import ChampSiren
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille

PROFILS = [(Profil.ADHERENT.value, "Adhérent"), (Profil.PRESTATAIRE.value, "Prestataire")]


class FormulaireProposition(forms.Form):
    """What is proposed, on which side, and the proof. Which other boxes are read depends on the nature."""

    nature = forms.ChoiceField(
        label="Décision", widget=forms.RadioSelect, choices=[(n.value, LIBELLES_DECISIONS[n]) for n in NatureDecision],
        error_messages={"required": "Choisissez la décision à prendre"},
    )  # fmt: skip
    profil = forms.ChoiceField(
        label="Espace", choices=PROFILS, widget=forms.RadioSelect, initial=Profil.ADHERENT.value,
        error_messages={"required": "Choisissez l’espace concerné", "invalid_choice": "Choisissez l’espace concerné"},
    )  # fmt: skip
    rattachement = forms.ChoiceField(
        label="Personne concernée", required=False, help_text="Pour mettre fin à un accès.",
        error_messages={"invalid_choice": "Choisissez une personne de la liste"},
    )  # fmt: skip
    repreneur = ChampSiren(
        label="SIREN de l’entreprise qui succède ou reprend", required=False, help_text="Pour une succession ou un transfert."
    )
    etablissement = forms.ChoiceField(
        label="Établissement repris", required=False, help_text="Pour un transfert d’établissement.",
        error_messages={"invalid_choice": "Choisissez un établissement de la liste"},
    )  # fmt: skip
    motif = forms.CharField(
        label="Ce qui s’est passé",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Indiquez ce qui s’est passé"},
    )
    preuve = forms.CharField(
        label="Preuve vue", max_length=500, widget=forms.Textarea,
        help_text="Par exemple\u00a0: extrait Kbis du 12/11/2026, acte de décès, courrier du représentant légal.",
        error_messages={"required": "Indiquez la preuve que vous avez vue"},
    )  # fmt: skip

    def __init__(self, siren: str, acteur: ActeurPersonne, *args: Any) -> None:
        super().__init__(*args)
        gens = [(str(p.rattachement_id), f"{p.nom} ({p.profil.value})") for p in personnes_rattachees(siren, acteur)]
        lieux = [(e.siret, f"{e.nom_usuel or e.commune} ({grouper(e.siret)})") for e in etablissements_de(siren)]
        for nom, choix in (("rattachement", gens), ("etablissement", lieux)):
            champ = self.fields[nom]
            if isinstance(champ, forms.ChoiceField):
                champ.choices = [("", "Aucun"), *choix]

    def proposer(self, siren: str, par: ActeurPersonne) -> DecisionADeux | None:
        """Do it; None when it is refused, the reasons being then in the form."""
        lues = self.cleaned_data
        return proposer_decision(
            nature=NatureDecision(lues["nature"]),
            siren=siren,
            profil=Profil(lues["profil"]),
            motif=lues["motif"],
            preuve=lues["preuve"],
            rattachement_id=UUID(lues["rattachement"]) if lues["rattachement"] else None,
            repreneur=lues["repreneur"] or "",
            etablissement=lues["etablissement"],
            par=par,
            maintenant=maintenant(),
        )


class FormulaireEcart(forms.Form):
    """Why a proposal is set aside."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea,
        error_messages={"required": "Indiquez pourquoi cette décision est écartée"},
    )  # fmt: skip


@page(opco(Pouvoir.DECIDER_A_DEUX))
def liste(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, then the last ones closed."""
    acteur, le = acteur_opco(request), maintenant()
    proposees, closes = decisions_proposees(acteur, le), decisions_closes(acteur, le)
    contexte = {
        "proposees": [_afficher(d) for d in proposees],
        "closes": [_afficher(d) for d in closes],
        "noms": noms_des_organisations({d.organisation_siren for d in [*proposees, *closes]}),
    }
    return render(request, "opco/decisions.html", contexte)


def _afficher(decision: DecisionADeux) -> dict[str, Any]:
    return {
        "id": decision.id,
        "libelle": LIBELLES_DECISIONS[NatureDecision(decision.nature)],
        "siren": decision.organisation_siren,
        "prestataire": decision.profil == Profil.PRESTATAIRE,
        "etat": "expiree" if decision.expiree(maintenant()) else decision.etat,
        "proposee_par": decision.proposee_par.nom_complet,
        "proposee_le": decision.proposee_le,
        "decidee_par": decision.decidee_par.nom_complet if decision.decidee_par else "",
        "decidee_le": decision.decidee_le,
    }


@page(opco(Pouvoir.DECIDER_A_DEUX, "GET", "POST"))
def proposer(request: HttpRequest, siren: str) -> HttpResponse:
    """Propose a decision about one organisation, with a second factor of less than five minutes."""
    acteur = acteur_opco(request)
    lue = _organisation(siren, acteur)
    exiger_second_facteur_recent(request)
    formulaire = FormulaireProposition(siren, acteur, request.POST or None)
    if request.method == "POST":
        proposee = tenter(formulaire, lambda: formulaire.proposer(siren, acteur))
        if proposee is not None:
            messages.success(request, "La proposition est enregistrée. Une autre personne doit la confirmer.")
            return redirect("opco_decision", decision_id=proposee.pk)
    return montrer(request, "opco/decision_proposer.html", formulaire, organisation=lue)


def _organisation(siren: str, acteur: ActeurPersonne) -> Organisation:
    lue = lire_organisation(siren)
    if lue is None:
        raise Introuvable
    exiger_portefeuille(acteur, lue.portefeuille_id, Pouvoir.DECIDER_A_DEUX)
    return lue


@page(opco(Pouvoir.DECIDER_A_DEUX))
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """One decision: what happened, the proof, who proposed and who closed it."""
    return _montrer(request, decision_id)


def _montrer(request: HttpRequest, decision_id: UUID, refus: str = "") -> HttpResponse:
    acteur = acteur_opco(request)
    contexte = _contexte(decision_de(decision_id, acteur), acteur) | {"erreurs": [("", refus)] if refus else []}
    return render(request, "opco/decision.html", contexte, status=HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK)


@page(opco(Pouvoir.DECIDER_A_DEUX, "POST"))
def confirmer(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Confirm what somebody else proposed, with a second factor of less than five minutes."""
    acteur = acteur_opco(request)
    exiger_second_facteur_recent(request)
    try:
        confirmer_decision(decision_id=decision_id, par=acteur, maintenant=maintenant())
    except PAGES:
        raise
    except ErreurMetier as refus:
        return _montrer(request, decision_id, refus.message.removesuffix("."))
    messages.success(request, "La décision est confirmée, les administrateurs sont prévenus.")
    return redirect("opco_decision", decision_id=decision_id)


def _contexte(lue: DecisionADeux, acteur: ActeurPersonne) -> dict[str, Any]:
    vivante = lue.etat == EtatDecision.PROPOSEE and not lue.expiree(maintenant())
    sirens = {lue.organisation_siren, lue.repreneur_siren} - {""}
    personne = lue.rattachement.personne if lue.rattachement is not None else None
    return {
        "decision": lue,
        "affichee": _afficher(lue),
        "noms": noms_des_organisations(sirens),
        "personne": personne.nom_complet if personne is not None else "",
        "a_confirmer": vivante and lue.proposee_par_id != acteur.identite,
        "a_ecarter": vivante,
        "recuperation": lue.nature == NatureDecision.RECUPERATION and lue.etat == EtatDecision.CONFIRMEE,
    }


@page(opco(Pouvoir.DECIDER_A_DEUX, "GET", "POST"))
def ecarter(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Set a proposal aside, with a reason."""
    acteur = acteur_opco(request)
    lue = decision_de(decision_id, acteur)
    formulaire = FormulaireEcart(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: ecarter_decision(
                decision_id=decision_id, motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if faite is not None:
            messages.success(request, "La proposition est écartée, les administrateurs sont prévenus.")
            return redirect("opco_decisions")
    return montrer(request, "opco/decision_ecarter.html", formulaire, decision=lue, affichee=_afficher(lue))
