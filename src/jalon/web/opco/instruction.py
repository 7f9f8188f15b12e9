"""Examining and deciding a request."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.comptes.models import Personne
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import marquer_messages_lus, noter_telechargement, ouvrir_piece
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DECIDENT
from jalon.dossiers.requetes import (
    dossier_accessible,
    echange_de,
    est_imprimable,
    etapes,
    libelle_de_piece,
    lot_de,
    modifications_de,
    pieces_de,
    qui_voit,
    recapitulatif_de,
)
from jalon.engagements.requetes import accord_pdf, engagement_de, lignes_de
from jalon.facturation.requetes import suivi_de, trop_percus_de
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.instruction.actions import (
    accepter_proposition,
    accorder_dossier,
    prendre_en_charge,
    refuser_dossier,
)
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus
from jalon.instruction.requetes import (
    complements_affiches,
    controles_de,
    decision_de,
    differences_depuis,
    examen_de,
    proposition_de,
)
from jalon.journal.requetes import chronologie
from jalon.messagerie.enums import Cote, Usage
from jalon.messagerie.requetes import modeles_de
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.reglages import DecisionAutomatique
from jalon.veille.requetes.exceptions import acteur_exceptionnel
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.contrats import vie_du_contrat
from jalon.web.composants.ecrans import contexte_de_la_file, contexte_des_dossiers
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.listes import montrer_la_liste
from jalon.web.composants.reponses import reponses_par_pages
from jalon.web.opco.commun import acteur_opco, conseillers_de, exiger_portefeuille
from jalon.web.opco.formulaires_instruction import FormulaireAccord, FormulaireMessage, FormulaireRefus
from jalon.web.opco.modeles import texte_choisi

DECIDABLES = {EtatDossier.EN_INSTRUCTION}
OUVERTS = {EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER}


@page(opco(Pouvoir.INSTRUIRE))
def file(request: HttpRequest) -> HttpResponse:
    """What waits for the OPCO in my portefeuilles, the first due first."""
    acteur = acteur_opco(request)
    contexte = contexte_de_la_file(request, acteur) | {"conseillers": conseillers_de(acteur)}
    return montrer_la_liste(request, "opco/file.html", "opco/file_resultats.html", contexte)


@page(opco(Pouvoir.CONSULTER))
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every request of my portefeuilles."""
    acteur = acteur_opco(request)
    return montrer_la_liste(
        request,
        "opco/dossiers.html",
        "dossiers/resultats.html",
        contexte_des_dossiers(request, acteur, None, cote=Cote.OPCO) | {"opco": True},
    )


def ouvrir_dossier(
    request: HttpRequest, dossier_id: UUID, pouvoir: Pouvoir = Pouvoir.CONSULTER
) -> tuple[ActeurPersonne, Dossier]:
    """The request of the URL, if that power is held on its portefeuille. Raises Introuvable, DroitManquant."""
    acteur = acteur_opco(request)
    acteur = acteur_exceptionnel(dossier_id, acteur, maintenant()) or acteur
    lu = dossier_accessible(dossier_id, acteur)
    exiger_portefeuille(acteur, lu.portefeuille_id, pouvoir)
    return acteur, lu


@page(opco(Pouvoir.CONSULTER))
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The request on the left, the checks on the right, the decision below."""
    acteur, lu = ouvrir_dossier(request, dossier_id)
    for avec in (Cote.ENTREPRISE, Cote.PRESTATAIRE):
        marquer_messages_lus(dossier_id=dossier_id, par=acteur, maintenant=maintenant(), avec=avec)
    depart = {"corps": texte_choisi(lu, acteur, request.GET.get("modele", ""))}
    return render(
        request, "opco/dossier.html", contexte_du_dossier(request, acteur, lu) | {"formulaire": FormulaireMessage(initial=depart)}
    )


def contexte_du_dossier(request: HttpRequest, acteur: ActeurPersonne, lu: Dossier) -> dict[str, Any]:
    """Everything that the page of a request shows to the OPCO."""
    declaration = dispositif_de(lu.dispositif)
    engagement = engagement_de(lu, acteur)
    complements = complements_affiches(lu, acteur, aujourdhui())
    decision = decision_de(lu, acteur)
    return {
        "dossier": lu,
        "dispositif": declaration,
        "jour": aujourdhui(),
        "etapes": etapes(lu, aujourdhui()),
        "pieces": [(p, libelle_de_piece(declaration, p.code)) for p in pieces_de(lu, acteur)],
        **reponses_par_pages(request, recapitulatif_de(lu, acteur)),
        "lot": lot_de(lu, acteur),
        "origine": None,
        "siren_du_lot": "",
        "differences": differences_depuis(lu, acteur, maintenant())
        if complements and lu.etat == EtatDossier.EN_INSTRUCTION
        else None,
        "complements": complements,
        "modifications": modifications_de(lu, acteur),
        "decision": decision,
        "motif_refus": LIBELLES_MOTIFS[MotifRefus(decision.motif)] if decision is not None and decision.motif else "",
        "engagement": engagement,
        "echeancier": suivi_de(engagement, aujourdhui()) if engagement is not None else None,
        "lignes": lignes_de(engagement) if engagement is not None else [],
        "trop_percus": trop_percus_de(lu, acteur) if engagement is not None and engagement.version > 1 else [],
        "evenements": chronologie(lu),
        "echanges": [e for avec in (Cote.ENTREPRISE, Cote.PRESTATAIRE) if (e := echange_de(lu, acteur, avec)) is not None],
        "cote": Cote.OPCO,
        "modeles": modeles_de(acteur, Usage.MESSAGE),
        "qui_voit": qui_voit(lu, maintenant()),
        "moi": acteur.identite,
        **_verifications(lu),
        **_gestes(acteur, lu),
        **vie_du_contrat(lu, acteur),
    }


def _accepte_par_silence(lu: Dossier) -> bool:
    implicite = lu.decision_implicite(aujourdhui())
    return implicite is not None and not implicite.refuse


def _verifications(lu: Dossier) -> dict[str, Any]:
    """What was checked, what the portal proposes, where the delay stands."""
    examen, compte = examen_de(lu, maintenant()), lu.compte_a_rebours(aujourdhui())
    controles = examen.controles if examen is not None else controles_de(lu, maintenant())
    return {
        "controles": controles,
        "a_regarder": [c for c in controles if not c.conforme],
        "conformes": [c for c in controles if c.conforme],
        "compte": compte,
        "phrase_silence": compte.phrase(aujourdhui()) if compte is not None else "",
        "accepte": _accepte_par_silence(lu),
        "propose": examen is not None and examen.favorable,
        "proposition": examen.proposition if examen is not None else None,
        "decide_seul": examen is not None and examen.mode == DecisionAutomatique.PRISE,
    }


def _gestes(acteur: ActeurPersonne, lu: Dossier) -> dict[str, bool]:
    """What the person may do of the request, in its state."""
    instruit = lu.portefeuille_id in acteur.portefeuilles(Pouvoir.INSTRUIRE)
    decide = lu.portefeuille_id in acteur.portefeuilles(Pouvoir.DECIDER)
    accepte = _accepte_par_silence(lu)
    return {
        "instruit": instruit,
        "imprimable": instruit and est_imprimable(lu),
        "peut_prendre": instruit and lu.etat == EtatDossier.TRANSMIS,
        "peut_retirer": instruit and lu.etat == EtatDossier.A_COMPLETER,
        "peut_rouvrir": instruit and lu.etat in OUVERTS and not accepte,
        "peut_demander": instruit and lu.etat == EtatDossier.EN_INSTRUCTION and not accepte,
        "peut_accepter": decide and lu.etat in DECIDENT,
        "peut_accorder": decide and lu.etat in DECIDABLES,
        "peut_refuser": decide and lu.etat in OUVERTS and not accepte,
    }


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def prendre(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take the request in charge."""
    prendre_en_charge(dossier_id=dossier_id, par=acteur_opco(request), maintenant=maintenant())
    return redirect("opco_dossier", dossier_id=dossier_id)


def collegues_de(dossier: Dossier) -> list[Personne]:
    """Who examines in the portefeuille of a request."""
    return personnes_du_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id, maintenant())


@page(opco(Pouvoir.DECIDER, "POST"))
def accepter(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Grant what the portal proposes, in one gesture; the checks are made again."""
    acteur, _ = ouvrir_dossier(request, dossier_id, Pouvoir.DECIDER)
    accepter_proposition(dossier_id=dossier_id, par=acteur, maintenant=maintenant())
    messages.success(request, "La prise en charge est accordée. L’accord part dès qu’il est composé.")
    return redirect("opco_dossier", dossier_id=dossier_id)


@page(opco(Pouvoir.DECIDER, "GET", "POST"))
def accorder(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Amount per line, from the barème's proposal; frozen with its version. Where the law sets the amounts, none is typed."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.DECIDER)
    proposition = proposition_de(lu, maintenant())
    libres = dispositif_de(lu.dispositif).montants_libres
    formulaire = FormulaireAccord(proposition.lignes if libres else (), request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: accorder_dossier(
                dossier_id=dossier_id,
                montants_par_ligne=formulaire.montants(),
                commentaire=formulaire.cleaned_data["commentaire"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, "La prise en charge est accordée. L’accord part dès qu’il est composé.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    gabarit = "opco/accorder.html" if libres else "opco/accorder_selon_la_loi.html"
    return montrer(request, gabarit, formulaire, dossier=lu, proposition=proposition)


@page(opco(Pouvoir.DECIDER, "GET", "POST"))
def refuser(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """A coded motive and words, as the company will read them."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.DECIDER)
    formulaire = FormulaireRefus(request.POST or None, initial={"texte": texte_choisi(lu, acteur, request.GET.get("modele", ""))})
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: refuser_dossier(
                dossier_id=dossier_id,
                motif=MotifRefus(formulaire.cleaned_data["motif"]),
                texte=formulaire.cleaned_data["texte"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "La demande est refusée, l’entreprise est prévenue.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    return montrer(request, "opco/refuser.html", formulaire, dossier=lu, modeles=modeles_de(acteur, Usage.REFUS))


@page(opco(Pouvoir.CONSULTER))
def piece(request: HttpRequest, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """A document, as a download; the journal keeps it."""
    acteur, _ = ouvrir_dossier(request, dossier_id)
    lue, octets = ouvrir_piece(dossier_id=dossier_id, piece_id=piece_id, par=acteur, maintenant=maintenant())
    return reponse_fichier(octets, lue.document.nom, lue.document.type_mime)


@page(opco(Pouvoir.CONSULTER))
def accord(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The agreement, as a PDF."""
    acteur, lu = ouvrir_dossier(request, dossier_id)
    engagement = engagement_de(lu, acteur)
    if engagement is None:
        raise Introuvable
    _, octets = accord_pdf(engagement.pk, acteur)
    noter_telechargement(dossier_id=dossier_id, document="Accord de prise en charge", par=acteur, maintenant=maintenant())
    return reponse_fichier(octets, f"accord-{lu.numero}.pdf", "application/pdf")
