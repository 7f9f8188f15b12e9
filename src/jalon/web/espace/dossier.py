"""One request: where it stands, what is asked, documents, money, exchanges, who sees it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import (
    annuler_dossier,
    ecrire_message,
    marquer_messages_lus,
    noter_telechargement,
    ouvrir_jointe,
    relancer_opco,
)
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import (
    complement_en_cours,
    cote_de,
    dossier_accessible,
    echange_de,
    est_imprimable,
    etapes,
    historique_de,
    libelle_de_piece,
    lot_de,
    origine_de,
    peut_garder,
    peut_lire_les_sensibles,
    pieces_de,
    portee_entreprise,
    qui_voit,
    recapitulatif_de,
    recapitulatif_en_papier,
)
from jalon.editions.composition import composer_recapitulatif
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import accord_pdf, engagement_de, lignes_de
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.facturation.requetes import AFacturer, FiltreFactures, liste_factures, parts_a_facturer, suivi_de, trop_percus_de
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus
from jalon.instruction.requetes import complements_affiches, decision_de
from jalon.messagerie.enums import Cote
from jalon.reglements.requetes import reglement_de
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.montants import somme
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.contrats import vie_du_contrat
from jalon.web.composants.echanges import FormulaireEchange
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.reponses import reponses_par_pages
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace

ANNULABLES = {EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER, EtatDossier.ACCORDE}


def ouvrir_dossier(request: HttpRequest, siren: str, dossier_id: UUID, niveau: Niveau = Niveau.LECTURE) -> tuple[Espace, Dossier]:
    """The request of the URL, in the space of the URL. Raises Introuvable, DroitManquant."""
    ici = ouvrir_espace(request, siren)
    dossier = dossier_accessible(dossier_id, ici.acteur, niveau)
    exiger_ici(ici, dossier.siren, dossier.prestataire_siren)
    return ici, dossier


@page(espace(None))
def dossier(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The page of a request; a draft leads to its last look, or is only read by who may not type in it."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    if lu.est_brouillon and ici.acteur.peut(lu.droit(Niveau.SAISIE), portee_entreprise(lu)):
        return redirect("saisie_verifier", siren=siren, dossier_id=dossier_id)
    if lu.est_brouillon:
        rubriques = recapitulatif_de(lu, ici.acteur)
        return render(request, "espace/brouillon.html", {"ici": ici, "dossier": lu, "rubriques": rubriques})
    cote = cote_de(lu, ici.acteur)
    if not ici.acteur.regarde_seulement:
        marquer_messages_lus(dossier_id=dossier_id, par=ici.acteur, maintenant=maintenant())
    return render(
        request, "espace/dossier.html", _contexte(request, ici, lu, cote) | _argent(ici, lu) | {"formulaire": FormulaireMessage()}
    )


def _contexte(request: HttpRequest, ici: Espace, lu: Dossier, cote: Cote | None) -> dict[str, object]:
    declaration = dispositif_de(lu.dispositif)
    decision = decision_de(lu, ici.acteur)
    entreprise = cote == Cote.ENTREPRISE
    compte = lu.compte_a_rebours(aujourdhui())
    envoi, saisie = (ici.acteur.peut(lu.droit(n), portee_entreprise(lu)) for n in (Niveau.ENVOI, Niveau.SAISIE))
    pieces = [(p, libelle_de_piece(declaration, p.code)) for p in pieces_de(lu, ici.acteur)] if entreprise else []
    return {
        "ici": ici,
        "voit_acces": ici.voit(Domaine.ACCES),
        "dossier": lu,
        "dispositif": declaration,
        "jour": aujourdhui(),
        "entreprise": entreprise,
        "etapes": etapes(lu, aujourdhui()),
        "compte": compte,
        "phrase_silence": compte.phrase(aujourdhui()) if compte is not None else "",
        "complement": complement_en_cours(lu) if entreprise else None,
        "complements": complements_affiches(lu, ici.acteur, aujourdhui()) if entreprise else [],
        "decision": decision,
        "motif_refus": LIBELLES_MOTIFS[MotifRefus(decision.motif)] if decision is not None and decision.motif else "",
        "pieces": pieces,
        "peut_garder": entreprise and peut_garder(lu, ici.acteur) and not ici.acteur.regarde_seulement,
        **reponses_par_pages(request, recapitulatif_de(lu, ici.acteur)),
        "evenements": historique_de(lu, ici.acteur) if entreprise else [],
        "echange": echange_de(lu, ici.acteur),
        "cote": cote,
        "qui_voit": qui_voit(lu, maintenant()) if entreprise else [],
        "peut_annuler": entreprise
        and envoi
        and lu.etat in ANNULABLES
        and (lu.date_debut is None or lu.date_debut > aujourdhui()),
        "peut_dupliquer": entreprise and ici.acteur.a_un_droit(ici.siren, lu.droit(Niveau.SAISIE), Profil.ADHERENT),
        "lot": None if cote == Cote.PRESTATAIRE else lot_de(lu, ici.acteur),
        "origine": origine_de(lu, ici.acteur) if entreprise else None,
        "siren_du_lot": ici.siren,
        "peut_completer": entreprise and lu.etat == EtatDossier.A_COMPLETER and saisie,
        "peut_reprendre": entreprise and saisie and ici.siren == lu.siren and ici.voit(Domaine.SALARIES, niveau=Niveau.SAISIE),
        "imprimable": entreprise and saisie and est_imprimable(lu),
        "entier": peut_lire_les_sensibles(lu, ici.acteur),
        "moi": ici.acteur.identite,
        "commence": lu.date_debut is not None and lu.date_debut <= aujourdhui(),
        **vie_du_contrat(lu, ici.acteur),
    }


def _argent(ici: Espace, lu: Dossier) -> dict[str, object]:
    engagement = engagement_de(lu, ici.acteur)
    lignes = lignes_de(engagement) if engagement is not None else []
    factures = _factures(lu, ici) if ici.voit(Domaine.FACTURES) else []
    restes = []
    if engagement is not None and ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI):
        restes = _restes(engagement, ici, lu)
    return {
        "engagement": engagement,
        "echeancier": suivi_de(engagement, aujourdhui()) if engagement is not None else None,
        "lignes": lignes,
        "trop_percus": trop_percus_de(lu, ici.acteur) if engagement is not None and engagement.version > 1 else [],
        "total_demande": somme(ligne.montant_demande for ligne in lignes),
        "factures": factures,
        "reglements": [r for f in factures if f.etat == EtatFacture.REGLEE and (r := reglement_de(f, ici.acteur)) is not None],
        "restes": restes,
    }


def _restes(engagement: Engagement, ici: Espace, lu: Dossier) -> list[AFacturer]:
    """What this side may ask today, once the training has begun."""
    if lu.date_debut is None or lu.date_debut > aujourdhui():
        return []
    return parts_a_facturer(engagement, ici.acteur, ici.siren, aujourdhui())


def _factures(lu: Dossier, ici: Espace) -> list[Facture]:
    return liste_factures(ici.acteur, ici.siren, FiltreFactures(texte=lu.numero or "")).factures


class FormulaireMessage(FormulaireEchange):
    """A word to the OPCO."""


@page(espace(None, Niveau.LECTURE, "POST"))
def ecrire(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Write to the OPCO about this request; what was typed stays when it is refused."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    formulaire = FormulaireMessage(request.POST, request.FILES)
    ecrit = tenter(
        formulaire,
        lambda: ecrire_message(
            dossier_id=dossier_id,
            corps=formulaire.cleaned_data["corps"],
            fichiers=formulaire.joints(),
            par=ici.acteur,
            maintenant=maintenant(),
        ),
    )
    if ecrit is None:
        contexte = _contexte(request, ici, lu, cote_de(lu, ici.acteur)) | _argent(ici, lu)
        return montrer(request, "espace/dossier.html", formulaire, **contexte)
    messages.success(request, "Votre message est envoyé.")
    return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)


@page(espace(None, Niveau.LECTURE, "POST"))
def relancer(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Remind the OPCO of a message without an answer."""
    ici, _ = ouvrir_dossier(request, siren, dossier_id)
    relancer_opco(dossier_id=dossier_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "L’OPCO est relancé.")
    return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)


@page(espace(None))
def jointe(request: HttpRequest, siren: str, dossier_id: UUID, jointe_id: UUID) -> HttpResponse:
    """A document of a message, as a download; the journal keeps it."""
    ici, _ = ouvrir_dossier(request, siren, dossier_id)
    lue, octets = ouvrir_jointe(dossier_id=dossier_id, jointe_id=jointe_id, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, lue.document.nom, lue.document.type_mime)


class FormulaireAnnulation(forms.Form):
    """Why."""

    motif = forms.CharField(
        label="Pourquoi annuler\u00a0?", max_length=500, error_messages={"required": "Indiquez pourquoi vous annulez ce dossier"}
    )


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def annuler(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """A page that repeats the consequences, then the cancellation."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id, Niveau.ENVOI)
    formulaire = FormulaireAnnulation(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: annuler_dossier(
                dossier_id=dossier_id, motif=formulaire.cleaned_data["motif"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, "Le dossier est annulé.")
            return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)
    vie = dispositif_de(lu.dispositif).vie
    return montrer(
        request,
        "espace/dossier_annuler.html",
        formulaire,
        ici=ici,
        dossier=lu,
        contrat=vie is not None,
        mots=vie.mots if vie else None,
    )


@page(espace(None))
def accord(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The agreement, as a PDF."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    engagement = engagement_de(lu, ici.acteur)
    if engagement is None:
        raise Introuvable
    _, octets = accord_pdf(engagement.pk, ici.acteur)
    noter_telechargement(dossier_id=dossier_id, document="Accord de prise en charge", par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, f"accord-{lu.numero}.pdf", "application/pdf")


@page(espace(None))
def recapitulatif(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """What was sent, in the order of the form, as a PDF; sensitive boxes are masked."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    if lu.transmis_le is None:
        raise Introuvable
    octets = composer_recapitulatif(recapitulatif_en_papier(lu, ici.acteur), date_document=lu.transmis_le.date())
    noter_telechargement(dossier_id=dossier_id, document="Récapitulatif", par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, f"recapitulatif-{lu.numero}.pdf", "application/pdf")
