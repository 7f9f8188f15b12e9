"""Sending an invoice with its certificate, and withdrawing it."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import engagement_accessible
from jalon.facturation.accord import deja_demande, part_de, portee_du_beneficiaire, profil_beneficiaire
from jalon.facturation.actions.commun import noter_facture, reporter, verrouiller_dossier, verrouiller_facture
from jalon.facturation.enums import EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.models import CertificatRealisation, Facture
from jalon.facturation.regles import (
    SaisieCertificat,
    SaisieFacture,
    depassement,
    normaliser_numero,
    verifier_certificat,
    verifier_facture,
)
from jalon.facturation.regles.montants import montants_demandes
from jalon.facturation.requetes.factures import facture_accessible
from jalon.organisations.requetes import organisation
from jalon.pieces.actions import deposer_document
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.texte import normaliser

NUMERO_PRIS = "Ce numéro a déjà été transmis par cet émetteur. Une facture ne se présente qu’une fois"
CONTRAINTE_NUMERO = "facture_numero_une_fois"


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file being uploaded."""

    nom: str
    contenu: BinaryIO


def deposer_facture(
    *,
    engagement_id: UUID,
    facture: SaisieFacture,
    certificat: SaisieCertificat,
    fichier_facture: Fichier,
    fichier_certificat: Fichier,
    par: Acteur,
    maintenant: datetime,
    genre: GenreFacture = GenreFacture.FACTURE,
) -> Facture:
    """Send an invoice (or the employer's statement of expenses) with its certificate, against an engagement.

    Never more than what is granted: request and engagement are locked while the sum is counted. Files are checked first.
    Raises Introuvable, DroitManquant (Factures below Envoi on the side that is paid), SaisiesRefusees (boxes, files, number
    already used, more than granted), TransitionImpossible (the request is cancelled, closed…).
    """
    engagement = engagement_accessible(engagement_id, par)
    profil = profil_beneficiaire(engagement, genre)
    par.exiger(Droit(Domaine.FACTURES, Niveau.ENVOI), portee_du_beneficiaire(engagement, profil))
    with transaction.atomic():
        dossier = _dossier(engagement)
        _verifier(engagement, dossier, facture, certificat, genre, maintenant)
        piece, preuve = _deposer(genre, fichier_facture, fichier_certificat, par, maintenant)
        dossier = verrouiller_dossier(engagement.dossier_id)
        engagement = engagement_accessible(engagement_id, par, verrou=True)
        _exiger_accorde(dossier)
        _exiger_libre(engagement, dossier, facture, genre)
        ligne = _nouvelle(engagement, dossier, facture, genre, profil, piece, par, maintenant)
        _enregistrer(ligne)
        _attester(ligne, dossier, certificat, preuve)
        noter_facture("facture.transmise", ligne, dossier, par, maintenant)
        reporter(dossier.pk, maintenant)
    return ligne


def _dossier(engagement: Engagement) -> Dossier:
    dossier: Dossier = Dossier.objects.tous("dossier de l’accord que l’on facture").get(pk=engagement.dossier_id)
    return dossier


def _exiger_accorde(dossier: Dossier) -> None:
    if dossier.etat != EtatDossier.ACCORDE:
        raise TransitionImpossible("Ce dossier n’est plus à facturer\u00a0: il est soldé, annulé ou rompu.")


def _verifier(
    engagement: Engagement,
    dossier: Dossier,
    facture: SaisieFacture,
    certificat: SaisieCertificat,
    genre: GenreFacture,
    maintenant: datetime,
) -> None:
    """Every box that can be judged before the files are read; the grant and the number are judged again under the lock."""
    _exiger_accorde(dossier)
    aujourdhui = jour_de_paris(maintenant)
    mode = ModePaiement(engagement.mode_paiement)
    refus = verifier_facture(facture, genre, mode, dossier.date_debut, aujourdhui)
    refus |= verifier_certificat(certificat, aujourdhui)
    if refus:
        raise SaisiesRefusees(refus)
    _exiger_libre(engagement, dossier, facture, genre)


def _exiger_libre(engagement: Engagement, dossier: Dossier, saisie: SaisieFacture, genre: GenreFacture) -> None:
    """The number is new for its sender, and the grant covers the amount."""
    siren = _emetteur(engagement, dossier, genre).siren
    memes = Facture.objects.tous("un numéro, une seule fois par émetteur").filter(
        emetteur_siren=siren, numero_normalise=normaliser_numero(saisie.numero)
    )
    if memes.exclude(etat=EtatFacture.REJETEE).exists():
        raise SaisiesRefusees({"numero": NUMERO_PRIS})
    demande = montants_demandes(saisie, genre, ModePaiement(engagement.mode_paiement))
    exces = depassement(part_de(engagement, genre), deja_demande(engagement, genre), demande)
    if exces:
        champ = "montant_ht" if saisie.montant_a_payer is None else "montant_a_payer"
        raise SaisiesRefusees({champ: exces})


def _deposer(
    genre: GenreFacture, fichier_facture: Fichier, fichier_certificat: Fichier, par: Acteur, maintenant: datetime
) -> tuple[Document, Document]:
    """Both files, checked; both refusals at once, each under the name of its box. An invoice alone may be a Factur-X."""
    refus: dict[str, str] = {}
    documents = []
    for champ, fichier in (("facture", fichier_facture), ("certificat", fichier_certificat)):
        factur_x = champ == "facture" and genre == GenreFacture.FACTURE
        try:
            documents.append(
                deposer_document(nom=fichier.nom, contenu=fichier.contenu, par=par, maintenant=maintenant, facture=factur_x)
            )
        except SaisieRefusee as erreur:
            refus[champ] = erreur.message
    if refus:
        raise SaisiesRefusees(refus)
    return documents[0], documents[1]


@dataclass(frozen=True, slots=True)
class _Emetteur:
    siren: str
    siret: str
    nom: str


def _emetteur(engagement: Engagement, dossier: Dossier, genre: GenreFacture) -> _Emetteur:
    """Who numbered the document: the provider for its invoice, the company for its statement."""
    if genre == GenreFacture.FACTURE:
        return _Emetteur(engagement.prestataire_siren, dossier.prestataire_siret, dossier.prestataire_denomination)
    return _Emetteur(engagement.siren, engagement.siret, dossier.denomination)


def _nom(siren: str, defaut: str) -> str:
    connue = organisation(siren)
    return (connue.denomination if connue else defaut)[:200]


def _nouvelle(
    engagement: Engagement,
    dossier: Dossier,
    saisie: SaisieFacture,
    genre: GenreFacture,
    profil: Profil,
    document: Document,
    par: Acteur,
    maintenant: datetime,
) -> Facture:
    emetteur = _emetteur(engagement, dossier, genre)
    numero = " ".join(saisie.numero.split())
    siren = engagement.prestataire_siren if profil == Profil.PRESTATAIRE else engagement.siren
    nom = dossier.prestataire_denomination if profil == Profil.PRESTATAIRE else dossier.denomination
    mots = (numero, engagement.numero, dossier.titre, emetteur.nom, emetteur.siren, dossier.denomination)
    return Facture(
        engagement=engagement,
        dossier_numero=engagement.numero,
        dossier_titre=dossier.titre,
        genre=genre.value,
        emetteur_siren=emetteur.siren,
        emetteur_siret=emetteur.siret,
        emetteur_nom=_nom(emetteur.siren, emetteur.nom),
        numero=numero,
        numero_normalise=normaliser_numero(numero),
        date_emission=saisie.date_emission,
        montant_ht=saisie.montant_ht,
        taux_tva=saisie.taux_tva,
        montant_tva=saisie.montant_tva,
        montant_ttc=saisie.montant_ttc,
        montant_a_payer=montants_demandes(saisie, genre, ModePaiement(engagement.mode_paiement)).a_payer,
        document=document,
        beneficiaire_profil=profil.value,
        beneficiaire_siren=siren,
        beneficiaire_nom=_nom(siren, nom),
        deposee_le=maintenant,
        deposee_par=par.identite,
        deposee_par_nom=par.libelle[:200],
        recherche=normaliser(" ".join(mots)),
        etat=EtatFacture.TRANSMISE.value,
        etat_depuis=maintenant,
    ).porter(_portee(engagement, genre))


def _portee(engagement: Engagement, genre: GenreFacture) -> Portee:
    """Both sides see the provider's invoice, whoever is paid; the wages of the employer's statement are no matter of the provider."""
    prestataire = engagement.prestataire_siren if genre == GenreFacture.FACTURE else ""
    return Portee(engagement.siren, engagement.siret, prestataire, engagement.portefeuille_id, Domaine.FACTURES)


def _enregistrer(facture: Facture) -> None:
    """Insert; the same number sent at the same instant on another agreement is caught by the database."""
    try:
        with transaction.atomic():
            facture.save(force_insert=True)
    except IntegrityError as erreur:
        if CONTRAINTE_NUMERO not in str(erreur):
            raise
        raise SaisiesRefusees({"numero": NUMERO_PRIS}) from None


def _attester(facture: Facture, dossier: Dossier, saisie: SaisieCertificat, document: Document) -> None:
    certificat = CertificatRealisation(
        facture=facture,
        nature=saisie.nature.value,
        intitule=dossier.titre,
        date_debut=saisie.date_debut,
        date_fin=saisie.date_fin,
        heures_realisees=saisie.heures_realisees,
        nombre_stagiaires=saisie.nombre_stagiaires,
        signataire_nom=saisie.signataire_nom.strip(),
        signataire_qualite=saisie.signataire_qualite.strip(),
        lieu=saisie.lieu.strip(),
        signe_le=saisie.signe_le,
        conservation=saisie.conservation,
        document=document,
    ).porter(facture.portee)
    certificat.save(force_insert=True)


def annuler_facture(*, facture_id: UUID, par: Acteur, maintenant: datetime) -> Facture:
    """Withdraw an invoice not yet treated, to send a right one: nothing is edited.

    Raises Introuvable, DroitManquant (Factures below Envoi on the side that is paid), TransitionImpossible.
    """
    with transaction.atomic():
        vue = facture_accessible(facture_id, par)
        profil = Profil(vue.beneficiaire_profil)
        par.exiger(Droit(Domaine.FACTURES, Niveau.ENVOI), portee_du_beneficiaire(vue.engagement, profil))
        dossier, facture = verrouiller_facture(vue)
        if facture.etat != EtatFacture.TRANSMISE:
            raise TransitionImpossible("Cette facture est déjà traitée\u00a0: écrivez au gestionnaire pour la corriger.")
        facture.avancer(EtatFacture.REJETEE, EtatFacture.TRANSMISE)
        facture.motif_rejet, facture.etat_depuis = MotifRejet.ANNULEE_EMETTEUR.value, maintenant
        facture.save(update_fields=["etat", "motif_rejet", "etat_depuis"])
        noter_facture("facture.annulee", facture, dossier, par, maintenant)
        reporter(dossier.pk, maintenant)
    return facture
