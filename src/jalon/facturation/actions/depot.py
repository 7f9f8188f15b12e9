"""Sending an invoice with its proofs, and withdrawing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import engagement_accessible
from jalon.facturation.accord import portee_de_l_emetteur, portee_du_beneficiaire, profil_beneficiaire
from jalon.facturation.actions.commun import noter_facture, reporter, verrouiller_dossier, verrouiller_facture
from jalon.facturation.actions.ecriture import Demandee, attester, enregistrer, nouvelle_facture
from jalon.facturation.actions.limites import exiger_accorde, exiger_libre
from jalon.facturation.debuts import debut_de
from jalon.facturation.echeances import suivi_de
from jalon.facturation.enums import EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.regles import SaisieCertificat, SaisieFacture, preuves_exigees, verifier_certificat, verifier_facture
from jalon.facturation.regles.debut import SANS_ATTESTATION
from jalon.facturation.requetes.factures import facture_accessible
from jalon.pieces.actions import deposer_document
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible

RECALCULE = "L’échéancier vient d’être recalculé\u00a0: vérifiez le montant, puis envoyez de nouveau"
SANS_CERTIFICAT = "Joignez le certificat de réalisation, et remplissez ce qu’il dit"
SANS_COPIE = (
    "Joignez la copie de la facture de participation envoyée à l’employeur\u00a0: sans elle, le solde n’est pas dû "
    "(Code du travail, R6332-25, III, 4°)"
)


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file being uploaded."""

    nom: str
    contenu: BinaryIO


def deposer_facture(
    *,
    engagement_id: UUID,
    facture: SaisieFacture,
    certificat: SaisieCertificat | None,
    fichier_facture: Fichier,
    fichier_certificat: Fichier | None,
    par: Acteur,
    maintenant: datetime,
    genre: GenreFacture = GenreFacture.FACTURE,
    echeance: int | None = None,
    fichier_participation: Fichier | None = None,
    fichier_attestation: Fichier | None = None,
) -> Facture:
    """Send an invoice (or the employer's statement of expenses) with its proofs, against an engagement.

    Where the grant is paid by a schedule, the invoice asks the payment of that number (`echeance`), or annex costs without one.
    Never more than what is granted: request and engagement are locked while the sum is counted. Files are checked first.
    Raises Introuvable, DroitManquant (Factures below Envoi on the side that is paid), SaisiesRefusees (boxes, files, number
    already used, payment not open or lost, more than granted), TransitionImpossible (the request is cancelled, closed…).
    """
    engagement = engagement_accessible(engagement_id, par)
    profil = profil_beneficiaire(engagement, genre)
    par.exiger(Droit(Domaine.FACTURES, Niveau.ENVOI), portee_du_beneficiaire(engagement, profil))
    demande = Demandee(facture, genre, echeance if genre == GenreFacture.FACTURE else None)
    fichiers = {
        "facture": fichier_facture,
        "certificat": fichier_certificat,
        "participation": fichier_participation,
        "attestation": fichier_attestation,
    }
    with transaction.atomic():
        dossier = _dossier(engagement)
        exigees = _verifier(engagement, dossier, demande, certificat, fichiers, maintenant)
        documents = _deposer(genre, {n: f for n, f in fichiers.items() if f and n in exigees}, par, maintenant)
        dossier = verrouiller_dossier(engagement.dossier_id)
        vue, engagement = engagement.version, engagement_accessible(engagement_id, par, verrou=True)
        exiger_accorde(dossier)
        if engagement.version != vue:
            raise SaisiesRefusees({"echeance": RECALCULE})
        exiger_libre(engagement, dossier, demande, maintenant)
        ligne = nouvelle_facture(engagement, dossier, demande, profil, documents, par, maintenant)
        enregistrer(ligne)
        if certificat is not None and "certificat" in documents:
            attester(ligne, dossier, certificat, documents["certificat"])
        noter_facture("facture.transmise", ligne, dossier, par, maintenant)
        reporter(dossier.pk, maintenant)
    return ligne


def _dossier(engagement: Engagement) -> Dossier:
    dossier: Dossier = Dossier.objects.tous("dossier de l’accord que l’on facture").get(pk=engagement.dossier_id)
    return dossier


def _verifier(
    engagement: Engagement,
    dossier: Dossier,
    demande: Demandee,
    certificat: SaisieCertificat | None,
    fichiers: Mapping[str, Fichier | None],
    maintenant: datetime,
) -> set[str]:
    """Every box that can be judged before the files are read; the grant and the number are judged again under the lock.

    The names of the documents that must come.
    """
    exiger_accorde(dossier)
    aujourdhui = jour_de_paris(maintenant)
    mode = ModePaiement(engagement.mode_paiement)
    suivi = suivi_de(engagement, aujourdhui) if demande.genre == GenreFacture.FACTURE else None
    ligne = suivi.numero(demande.echeance) if suivi and demande.echeance else None
    preuves = preuves_exigees(suivi, ligne, debut_de(engagement, aujourdhui))
    refus = verifier_facture(demande.saisie, demande.genre, mode, dossier.date_debut, aujourdhui)
    exigees = {"facture"}
    if preuves.certificat:
        exigees.add("certificat")
        refus |= verifier_certificat(certificat, aujourdhui) if certificat else {}
        if certificat is None or fichiers["certificat"] is None:
            refus.setdefault("certificat", SANS_CERTIFICAT)
    if preuves.participation:
        exigees.add("participation")
        if fichiers["participation"] is None:
            refus["participation"] = SANS_COPIE
    if preuves.attestation:
        exigees.add("attestation")
        if fichiers["attestation"] is None:
            refus["attestation"] = SANS_ATTESTATION
    if refus:
        raise SaisiesRefusees(refus)
    exiger_libre(engagement, dossier, demande, maintenant)
    return exigees


def _deposer(genre: GenreFacture, fichiers: Mapping[str, Fichier], par: Acteur, maintenant: datetime) -> dict[str, Document]:
    """Every file, checked; all refusals at once, each under the name of its box. An invoice alone may be a Factur-X."""
    refus: dict[str, str] = {}
    documents = {}
    for champ, fichier in fichiers.items():
        factur_x = champ == "facture" and genre == GenreFacture.FACTURE
        try:
            documents[champ] = deposer_document(
                nom=fichier.nom, contenu=fichier.contenu, par=par, maintenant=maintenant, facture=factur_x
            )
        except SaisieRefusee as erreur:
            refus[champ] = erreur.message
    if refus:
        raise SaisiesRefusees(refus)
    return documents


def annuler_facture(*, facture_id: UUID, par: Acteur, maintenant: datetime) -> Facture:
    """Withdraw an invoice not yet treated, to send a right one: nothing is edited.

    Raises Introuvable, DroitManquant (Factures below Envoi on the side that is paid), TransitionImpossible.
    """
    with transaction.atomic():
        vue = facture_accessible(facture_id, par)
        par.exiger(Droit(Domaine.FACTURES, Niveau.ENVOI), portee_de_l_emetteur(vue))
        dossier, facture = verrouiller_facture(vue)
        if facture.etat != EtatFacture.TRANSMISE:
            raise TransitionImpossible("Cette facture est déjà traitée\u00a0: écrivez au gestionnaire pour la corriger.")
        facture.avancer(EtatFacture.REJETEE, EtatFacture.TRANSMISE)
        facture.motif_rejet, facture.etat_depuis = MotifRejet.ANNULEE_EMETTEUR.value, maintenant
        facture.save(update_fields=["etat", "motif_rejet", "etat_depuis"])
        noter_facture("facture.annulee", facture, dossier, par, maintenant)
        reporter(dossier.pk, maintenant)
    return facture
