"""Writing an invoice and its certificate, once they are judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from jalon.dossiers.models import Dossier
from jalon.engagements.models import EcheanceEngagement, Engagement
from jalon.engagements.requetes import echeances_en_vigueur
from jalon.facturation.enums import EtatFacture, GenreFacture
from jalon.facturation.models import CertificatRealisation, Facture
from jalon.facturation.regles import SaisieCertificat, SaisieFacture, normaliser_numero
from jalon.facturation.regles.montants import montants_demandes
from jalon.organisations.requetes import organisation
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Portee, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.texte import normaliser

NUMERO_PRIS = "Ce numéro a déjà été transmis par cet émetteur. Une facture ne se présente qu’une fois"
CONTRAINTE_NUMERO = "facture_numero_une_fois"


@dataclass(frozen=True, slots=True)
class Demandee:
    """What is sent. `echeance`: number of the payment that is asked, where there is a schedule; none for annex costs."""

    saisie: SaisieFacture
    genre: GenreFacture
    echeance: int | None = None


@dataclass(frozen=True, slots=True)
class Emetteur:
    """Who numbered the document."""

    siren: str
    siret: str
    nom: str


def emetteur_de(engagement: Engagement, dossier: Dossier, genre: GenreFacture) -> Emetteur:
    """Who numbered the document: the provider for its invoice, the company for its statement."""
    if genre == GenreFacture.FACTURE:
        return Emetteur(engagement.prestataire_siren, dossier.prestataire_siret, dossier.prestataire_denomination)
    return Emetteur(engagement.siren, engagement.siret, dossier.denomination)


def _nom(siren: str, defaut: str) -> str:
    connue = organisation(siren)
    return (connue.denomination if connue else defaut)[:200]


def nouvelle_facture(
    engagement: Engagement,
    dossier: Dossier,
    demande: Demandee,
    profil: Profil,
    documents: Mapping[str, Document],
    par: Acteur,
    maintenant: datetime,
) -> Facture:
    """The row, not yet written."""
    saisie, genre = demande.saisie, demande.genre
    emetteur = emetteur_de(engagement, dossier, genre)
    numero = " ".join(saisie.numero.split())
    siren = engagement.prestataire_siren if profil == Profil.PRESTATAIRE else engagement.siren
    nom = dossier.prestataire_denomination if profil == Profil.PRESTATAIRE else dossier.denomination
    mots = (
        numero, engagement.numero, dossier.titre, dossier.reference_interne, emetteur.nom, emetteur.siren, dossier.denomination,
    )  # fmt: skip
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
        document=documents["facture"],
        copie_participation=documents.get("participation"),
        attestation_debut=documents.get("attestation"),
        echeance=_echeance(engagement, demande.echeance),
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


def _echeance(engagement: Engagement, numero: int | None) -> EcheanceEngagement | None:
    return None if numero is None else echeances_en_vigueur([engagement.pk]).get(numero=numero)


def _portee(engagement: Engagement, genre: GenreFacture) -> Portee:
    """Both sides see the provider's invoice, whoever is paid; the wages of the employer's statement are no matter of the provider."""
    prestataire = engagement.prestataire_siren if genre == GenreFacture.FACTURE else ""
    return Portee(engagement.siren, engagement.siret, prestataire, engagement.portefeuille_id, Domaine.FACTURES)


def enregistrer(facture: Facture) -> None:
    """Insert. Raises SaisiesRefusees when the same number was sent at the same instant on another agreement."""
    try:
        with transaction.atomic():
            facture.save(force_insert=True)
    except IntegrityError as erreur:
        if CONTRAINTE_NUMERO not in str(erreur):
            raise
        raise SaisiesRefusees({"numero": NUMERO_PRIS}) from None


def attester(facture: Facture, dossier: Dossier, saisie: SaisieCertificat, document: Document) -> None:
    """Write what the certificate says."""
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
