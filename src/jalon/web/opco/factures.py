"""Treating invoices: contrôle de service fait, acceptance, rejection."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.facturation.actions import accepter_facture, actualiser_coordonnees, ouvrir_document, rejeter_facture
from jalon.facturation.enums import LIBELLES_GENRES, LIBELLES_MOTIFS, EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes import (
    certificat_de,
    doublons_possibles,
    ecarts_de,
    facture_accessible,
    historique_de,
)
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.ecrans import contexte_des_factures
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.listes import montrer_la_liste
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille

MOTIFS = [("", "Choisissez"), *((m.value, LIBELLES_MOTIFS[m]) for m in MotifRejet if m != MotifRejet.ANNULEE_EMETTEUR)]


class FormulaireRejet(forms.Form):
    """A motive from the list, and what the sender must mend."""

    motif = forms.ChoiceField(label="Motif", choices=MOTIFS, error_messages={"required": "Choisissez le motif du rejet"})
    texte = forms.CharField(
        label="Ce qu’il faut corriger",
        widget=forms.Textarea,
        max_length=1000,
        help_text="L’émetteur lira ce texte tel quel.",
        error_messages={"required": "Indiquez ce que l’émetteur doit corriger"},
    )


class FormulaireAcceptation(forms.Form):
    """The note of the contrôle de service fait."""

    service_fait = forms.CharField(
        label="Contrôle de service fait",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text="Obligatoire si un écart est signalé.",
    )


@page(opco(Pouvoir.TRAITER_FACTURES))
def liste(request: HttpRequest) -> HttpResponse:
    """Invoices of my portefeuilles; those to treat by default."""
    return montrer_la_liste(
        request,
        "opco/factures.html",
        "opco/factures_resultats.html",
        contexte_des_factures(request, acteur_opco(request), None, EtatFacture.TRANSMISE.value),
    )


def _ouvrir(
    request: HttpRequest, facture_id: UUID, pouvoir: Pouvoir = Pouvoir.TRAITER_FACTURES
) -> tuple[ActeurPersonne, Facture]:
    """The invoice of the URL, if that power is held on its portefeuille. Raises Introuvable, DroitManquant."""
    acteur = acteur_opco(request)
    lue = facture_accessible(facture_id, acteur)
    exiger_portefeuille(acteur, lue.portefeuille_id, pouvoir)
    return acteur, lue


@page(opco(Pouvoir.TRAITER_FACTURES, "GET", "POST"))
def facture(request: HttpRequest, facture_id: UUID) -> HttpResponse:
    """One invoice: what differs from the agreement, likely duplicates; a POST accepts it."""
    acteur, lue = _ouvrir(request, facture_id)
    formulaire = FormulaireAcceptation(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: accepter_facture(
                facture_id=facture_id,
                service_fait=formulaire.cleaned_data["service_fait"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, f"La facture {lue.numero} est acceptée.")
            return redirect("opco_factures")
    contexte = {
        "facture": lue,
        "certificat": certificat_de(lue),
        "ecarts": ecarts_de(lue),
        "doublons": doublons_possibles(lue),
        "genre": LIBELLES_GENRES[GenreFacture(lue.genre)],
        "motif": LIBELLES_MOTIFS.get(lue.motif_rejet, ""),  # type: ignore[call-overload]
        "evenements": historique_de(lue),
        "a_traiter": lue.etat == EtatFacture.TRANSMISE,
        "acceptee": lue.etat == EtatFacture.ACCEPTEE,
    }
    return montrer(request, "opco/facture.html", formulaire, **contexte)


@page(opco(Pouvoir.TRAITER_FACTURES, "GET", "POST"))
def rejeter(request: HttpRequest, facture_id: UUID) -> HttpResponse:
    """Reject with a motive and words."""
    acteur, lue = _ouvrir(request, facture_id)
    formulaire = FormulaireRejet(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: rejeter_facture(
                facture_id=facture_id,
                motif=MotifRejet(formulaire.cleaned_data["motif"]),
                texte=formulaire.cleaned_data["texte"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, f"La facture {lue.numero} est rejetée, son émetteur est prévenu.")
            return redirect("opco_factures")
    return montrer(request, "opco/facture_rejeter.html", formulaire, facture=lue)


@page(opco(Pouvoir.TRAITER_FACTURES, "POST"))
def actualiser(request: HttpRequest, facture_id: UUID) -> HttpResponse:
    """Freeze the beneficiary's present account on an accepted invoice whose own cannot be paid."""
    acteur, _ = _ouvrir(request, facture_id)
    actualiser_coordonnees(facture_id=facture_id, par=acteur, maintenant=maintenant())
    messages.success(request, "Le compte à payer est mis à jour.")
    return redirect("opco_facture", facture_id=facture_id)


@page(opco(Pouvoir.CONSULTER))
def document(request: HttpRequest, facture_id: UUID, nom: str) -> HttpResponse:
    """The invoice or the certificate, as a download."""
    acteur, _ = _ouvrir(request, facture_id, Pouvoir.CONSULTER)
    fichier, octets = ouvrir_document(facture_id=facture_id, nom=nom, par=acteur, maintenant=maintenant())
    return reponse_fichier(octets, fichier.nom, fichier.type_mime)
