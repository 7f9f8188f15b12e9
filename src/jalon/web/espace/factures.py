"""Invoices: the list, one invoice, sending one with its certificate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.banque.requetes import historique as historique_bancaire
from jalon.facturation.actions import annuler_facture, deposer_facture, ouvrir_document
from jalon.facturation.enums import LIBELLES_GENRES, LIBELLES_MOTIFS, EtatFacture, GenreFacture
from jalon.facturation.models import Facture
from jalon.facturation.requetes import (
    AFacturer,
    a_facturer,
    certificat_de,
    debut_de,
    engagement_a_facturer,
    facture_accessible,
    historique_de,
    parts_a_facturer,
    reste_des_annexes,
    suivi_de,
)
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.ecrans import contexte_des_factures
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.listes import montrer_la_liste
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.formulaires_factures import FormulaireEcheance, FormulaireFacture, preremplir


@page(espace(Domaine.FACTURES))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Invoices of the place, what may still be invoiced."""
    ici = ouvrir_espace(request, siren)
    contexte = {
        "ici": ici,
        "voit_rib": ici.voit(Domaine.RIB),
        "restes": a_facturer(ici.acteur, siren, aujourdhui()) if ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI) else [],
    }
    return montrer_la_liste(
        request,
        "espace/factures.html",
        "espace/factures_resultats.html",
        contexte_des_factures(request, ici.acteur, siren) | contexte,
    )


@page(espace(Domaine.RIB))
def historique(request: HttpRequest, siren: str) -> HttpResponse:
    """Accounts, present and past, where people look for them."""
    ici = ouvrir_espace(request, siren)
    cotes = [(profil, historique_bancaire(siren, profil, ici.acteur, maintenant())) for profil in ici.profils]
    return render(request, "espace/factures_historique.html", {"ici": ici, "cotes": cotes})


def ouvrir_facture(request: HttpRequest, siren: str, facture_id: UUID) -> tuple[Espace, Facture]:
    """The invoice of the URL, in the space of the URL. Raises Introuvable."""
    ici = ouvrir_espace(request, siren)
    lue = facture_accessible(facture_id, ici.acteur)
    exiger_ici(ici, lue.siren, lue.prestataire_siren)
    return ici, lue


@page(espace(Domaine.FACTURES))
def facture(request: HttpRequest, siren: str, facture_id: UUID) -> HttpResponse:
    """One invoice: state, amounts, documents, history."""
    ici, lue = ouvrir_facture(request, siren, facture_id)
    contexte = {
        "ici": ici,
        "facture": lue,
        "certificat": certificat_de(lue),
        "motif": LIBELLES_MOTIFS.get(lue.motif_rejet, ""),  # type: ignore[call-overload]
        "genre": LIBELLES_GENRES[GenreFacture(lue.genre)],
        "evenements": historique_de(lue),
        "peut_annuler": lue.etat == EtatFacture.TRANSMISE and ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI),
        "a_renvoyer": lue.etat == EtatFacture.REJETEE and _a_renvoyer(ici, lue),
    }
    return render(request, "espace/facture.html", contexte)


def _a_renvoyer(ici: Espace, lue: Facture) -> bool:
    """Whether something is left to invoice there, by this person, for the side that was refused."""
    parts = parts_a_facturer(lue.engagement, ici.acteur, ici.siren, aujourdhui())
    return any(part.genre == lue.genre for part in parts)


@page(espace(Domaine.FACTURES))
def document(request: HttpRequest, siren: str, facture_id: UUID, nom: str) -> HttpResponse:
    """The invoice or the certificate, as a download."""
    ici, _ = ouvrir_facture(request, siren, facture_id)
    fichier, octets = ouvrir_document(facture_id=facture_id, nom=nom, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, fichier.nom, fichier.type_mime)


@page(espace(Domaine.FACTURES, Niveau.ENVOI, "POST"))
def annuler(request: HttpRequest, siren: str, facture_id: UUID) -> HttpResponse:
    """Withdraw an invoice that nobody has treated."""
    ici, _ = ouvrir_facture(request, siren, facture_id)
    annuler_facture(facture_id=facture_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "La facture est annulée. Vous pouvez en envoyer une autre.")
    return redirect("espace_factures", siren=siren)


@page(espace(Domaine.FACTURES, Niveau.ENVOI, "GET", "POST"))
def nouvelle(request: HttpRequest, siren: str, engagement_id: UUID, genre: str) -> HttpResponse:
    """Send an invoice with its certificate, against an engagement."""
    ici = ouvrir_espace(request, siren)
    if genre not in set(GenreFacture):
        raise Introuvable
    engagement = engagement_a_facturer(engagement_id, GenreFacture(genre), ici.acteur)
    exiger_ici(ici, engagement.siren, engagement.prestataire_siren)
    reste = next((r for r in parts_a_facturer(engagement, ici.acteur, siren, aujourdhui()) if r.genre == genre), None)
    if reste is None:
        raise Introuvable
    formulaire = _formulaire(request, reste)
    if request.method == "POST":
        envoyee = tenter(
            formulaire,
            lambda: deposer_facture(
                engagement_id=engagement_id,
                facture=formulaire.saisie_facture(),
                certificat=formulaire.saisie_certificat(),
                fichier_facture=formulaire.fichier("facture"),
                fichier_certificat=formulaire.fichier_joint("certificat"),
                fichier_participation=formulaire.fichier_joint("participation"),
                fichier_attestation=formulaire.fichier_joint("attestation"),
                echeance=formulaire.numero_echeance(),
                par=ici.acteur,
                maintenant=maintenant(),
                genre=GenreFacture(genre),
            ),
        )
        if envoyee is not None:
            messages.success(request, f"La facture {envoyee.numero} est transmise à l’OPCO.")
            return redirect("espace_facture", siren=siren, facture_id=envoyee.pk)
    return montrer(request, "espace/facture_nouvelle.html", formulaire, ici=ici, engagement=engagement, reste=reste)


def _formulaire(request: HttpRequest, reste: AFacturer) -> FormulaireFacture:
    """That of a training done, or that of a payment of the schedule."""
    recu = (request.POST or None, request.FILES or None)
    engagement = reste.engagement
    suivi = suivi_de(engagement, aujourdhui()) if reste.genre == GenreFacture.FACTURE else None
    if suivi is None:
        return FormulaireFacture(*recu, initial=preremplir(engagement, reste.reste))
    annexes = reste_des_annexes(engagement)
    debut = debut_de(engagement, aujourdhui())
    return FormulaireEcheance(suivi, annexes, request.GET.get("echeance", ""), *recu, debut=debut)
