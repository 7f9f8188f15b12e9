"""Requests, agreements and invoices for the tests of money, made at their tables or by their actions."""

import hashlib
import io
import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import BinaryIO
from uuid import UUID

from jalon.dispositifs.base import Estimation, LigneEstimation
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.engagements.actions import engager
from jalon.engagements.models import Engagement
from jalon.facturation.actions import Fichier, accepter_facture, deposer_facture
from jalon.facturation.enums import GenreFacture, NatureAction
from jalon.facturation.models import Facture
from jalon.facturation.regles import SaisieCertificat, SaisieFacture
from jalon.messagerie.models import Fil
from jalon.pieces.enums import EtatDocument, TypeDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.baremes import ModePaiement
from jalon.socle.montants import euros
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE
from tests.engagements.contrats import estimation as contrat_estime

SIRET = f"{SIREN}00010"
SIRET_PRESTATAIRE = f"{SIREN_PRESTATAIRE}00074"
DEBUT, FIN = date(2026, 10, 12), date(2026, 10, 14)
AUJOURDHUI = date(2026, 11, 16)
_rangs = itertools.count(1)

NIVEAU_6 = {"formation__typeDiplome": 63}
"""A diploma for which the employer owes its participation."""

PEDAGOGIE = ("pedagogie", "1000.00", True)
SALAIRES = ("salaires", "300.00", False)


def entreprise(**autres: object) -> FauxActeur:
    return acteur_entreprise(SIREN, **autres)


def organisme(**autres: object) -> FauxActeur:
    return acteur_prestataire(SIREN_PRESTATAIRE, **autres)


def gestionnaire(**autres: object) -> FauxActeur:
    return acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES, **autres)


def accorder(
    *,
    mode: ModePaiement = ModePaiement.SUBROGATION,
    lignes: Iterable[tuple[str, str, bool]] = (PEDAGOGIE,),
    taux_tva: str = "20",
    siren: str = SIREN,
    prestataire: str = SIREN_PRESTATAIRE,
    portefeuille: UUID = PORTEFEUILLE,
    etat: EtatDossier = EtatDossier.ACCORDE,
    le: datetime = MAINTENANT,
) -> Engagement:
    """A granted request and its agreement."""
    estimation = Estimation(
        lignes=tuple(
            LigneEstimation(
                poste=poste, libelle=poste.capitalize(), quantite=Decimal(1), unite="action", prix_unitaire=Decimal(montant),
                montant_demande=Decimal(montant), montant_ht=Decimal(montant), motif="", soumise_a_tva=tva,
            )
            for poste, montant, tva in lignes
        ),
        mode_paiement=mode,
        taux_tva=Decimal(taux_tva),
        bareme_reference="essai@1",
        annee=2026,
    )  # fmt: skip
    return _engager(estimation, Portee(siren, f"{siren}00010", prestataire, portefeuille, Domaine.PLAN), etat=etat, le=le)


def accorder_contrat(
    estimation: Estimation | None = None, *, siren: str = SIREN, prestataire: str = SIREN_PRESTATAIRE, **plus: object
) -> Engagement:
    """A contrat d'apprentissage from 01/09/2026 to 31/08/2028, level 6, 8 000 € a year, paid in eight payments."""
    portee = Portee(siren, f"{siren}00010", prestataire, PORTEFEUILLE, Domaine.ALTERNANCE)
    return _engager(
        estimation or contrat_estime(**NIVEAU_6), portee, date_debut=date(2026, 9, 1), date_fin=date(2028, 8, 31), **plus
    )


def _engager(
    estimation: Estimation,
    portee: Portee,
    *,
    etat: EtatDossier = EtatDossier.ACCORDE,
    le: datetime = MAINTENANT,
    date_debut: date = DEBUT,
    date_fin: date = FIN,
) -> Engagement:
    """A granted request, written at its table, and its agreement."""
    alternance, prestataire = portee.domaine == Domaine.ALTERNANCE, portee.prestataire_siren
    dossier = Dossier(
        numero=f"2610{'CA' if alternance else 'AF'}{next(_rangs):06d}",
        dispositif="apprentissage" if alternance else "action_formation",
        etat=etat.value,
        etat_depuis=le - timedelta(days=60),
        contenu={},
        denomination="Bellerive Restauration",
        prestataire_siret=f"{prestataire}00074" if prestataire else "",
        prestataire_denomination="Institut Horizon" if prestataire else "",
        titre="Hygiène en cuisine",
        nombre_stagiaires=1 if alternance else 2,
        date_debut=date_debut,
        date_fin=date_fin,
        montant_accorde=estimation.total_ht,
        montant_a_payer=estimation.a_payer,
        cree_le=le - timedelta(days=90),
        modifie_le=le - timedelta(days=60),
        transmis_le=le - timedelta(days=80),
        accorde_le=le - timedelta(days=60),
        fil=Fil.objects.create(ouvert_le=le),
    ).porter(portee)
    dossier.save(force_insert=True)
    return engager(dossier=dossier, estimation=estimation, par=gestionnaire(), maintenant=le - timedelta(days=60))


def relire(dossier_id: UUID) -> Dossier:
    """The request as it stands."""
    dossier: Dossier = Dossier.objects.tous("essai").get(pk=dossier_id)
    return dossier


def document_leger(*, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime, facture: bool = False) -> Document:
    """Instead of `pieces.actions.deposer_document`, whose inspection in a process of its own is tested there."""
    octets = contenu.read()
    document = Document(
        nom=nom,
        type_mime=TypeDocument.PDF.value,
        taille=len(octets),
        sha256=hashlib.sha256(octets).hexdigest(),
        etat=EtatDocument.CONTROLEE.value,
        depose_par_id=par.identite,
        depose_le=maintenant,
    )
    document.save(force_insert=True)
    return document


def fichier(nom: str = "facture.pdf", octets: bytes = b"") -> Fichier:
    """A file never seen before, unless its bytes are given."""
    return Fichier(nom, io.BytesIO(octets or f"{nom} {next(_rangs)}".encode()))


def saisie_facture(
    ht: str = "1000.00", *, taux: str = "20", ttc: str = "", numero: str = "", le: date = date(2026, 10, 20), a_payer: str = ""
) -> SaisieFacture:
    """An invoice whose amounts agree, unless told otherwise."""
    montant = Decimal(ht)
    return SaisieFacture(
        numero=numero or f"F-2026-{next(_rangs):04d}",
        date_emission=le,
        montant_ht=montant,
        taux_tva=Decimal(taux),
        montant_ttc=Decimal(ttc) if ttc else montant + euros(montant * Decimal(taux) / 100),
        montant_a_payer=Decimal(a_payer) if a_payer else None,
    )


def saisie_certificat(**autres: object) -> SaisieCertificat:
    """A certificate that agrees with the request."""
    champs: dict[str, object] = {
        "nature": NatureAction.ACTION_FORMATION,
        "date_debut": DEBUT,
        "date_fin": FIN,
        "heures_realisees": Decimal(42),
        "nombre_stagiaires": 2,
        "signataire_nom": "Driss Haddad",
        "signataire_qualite": "Directeur",
        "lieu": "Lyon",
        "signe_le": date(2026, 10, 15),
        "conservation": True,
    }
    return SaisieCertificat(**{**champs, **autres})  # type: ignore[arg-type]


def deposer(
    engagement: Engagement,
    facture: SaisieFacture | None = None,
    *,
    certificat: SaisieCertificat | None = None,
    par: Acteur | None = None,
    genre: GenreFacture = GenreFacture.FACTURE,
    le: datetime = MAINTENANT,
    fichier_facture: Fichier | None = None,
    fichier_certificat: Fichier | None = None,
    echeance: int | None = None,
) -> Facture:
    """Send an invoice by the action, from the provider unless told otherwise."""
    return deposer_facture(
        engagement_id=engagement.pk,
        facture=facture or saisie_facture(),
        certificat=certificat or saisie_certificat(),
        fichier_facture=fichier_facture or fichier(),
        fichier_certificat=fichier_certificat or fichier("certificat.pdf"),
        par=par or organisme(),
        maintenant=le,
        genre=genre,
        echeance=echeance,
    )


def deposer_et_accepter(
    engagement: Engagement, facture: SaisieFacture | None = None, *, le: datetime = MAINTENANT, **autres: object
) -> Facture:
    """An accepted invoice."""
    deposee = deposer(engagement, facture, le=le, **autres)  # type: ignore[arg-type]
    return accepter_facture(facture_id=deposee.pk, par=gestionnaire(), maintenant=le, service_fait="Contrôlé")
