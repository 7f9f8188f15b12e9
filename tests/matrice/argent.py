"""Accounts, invoices and batches of each company and provider."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from jalon.banque.models import CoordonneesBancaires
from jalon.engagements.models import Engagement
from jalon.facturation.actions import accepter_facture
from jalon.facturation.enums import GenreFacture, PosteVerse
from jalon.facturation.models import Facture, TropPercu
from jalon.reglements.actions import declarer_execute, preparer_lot, signer_lot, telecharger_xml
from jalon.reglements.models import LotVirements
from jalon.socle.acteurs import Acteur, Domaine, Pouvoir, Profil
from tests.acteurs import acteur_opco, acteur_prestataire
from tests.banque import outils as banque
from tests.banque.outils import IBANS
from tests.dossiers import fabrique
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF
from tests.facturation.outils import deposer as deposer_facture
from tests.facturation.outils import saisie_certificat, saisie_facture
from tests.matrice.demandes import entreprise_b
from tests.matrice.lieux import CANARI_B, MAINTENANT, SIREN_Q

JOUR = timedelta(days=1)
IBAN_A, IBAN_P, IBAN_B, IBAN_Q, ANCIEN_IBAN_A = IBANS[0], IBANS[4], IBANS[2], IBANS[6], IBANS[7]
DEPOT, ACCORD = MAINTENANT - 12 * JOUR, MAINTENANT - 11 * JOUR
NOUVEAU_RIB = MAINTENANT - 10 * JOUR
MONTANT_DE_B = "81.37"
"""That no other invoice of the world has."""


def facturer(
    engagement_id: str, ht: str, numero: str, par: Acteur, *, taux: str = "20", genre: GenreFacture = GenreFacture.FACTURE
) -> Facture:
    """An invoice of a request of the world, sent in January."""
    return deposer_facture(
        Engagement.objects.tous("essai").get(pk=engagement_id),
        saisie_facture(ht, numero=numero, le=date(2027, 1, 14), taux=taux),
        certificat=saisie_certificat(
            date_debut=date(2027, 1, 11), date_fin=date(2027, 1, 12), signe_le=date(2027, 1, 13), heures_realisees=Decimal(28)
        ),
        par=par,
        le=DEPOT,
        genre=genre,
    )


def accepter(facture: Facture, portefeuille: UUID = PORTEFEUILLE) -> Facture:
    """Accepted: its account is frozen on it."""
    gestionnaire = acteur_opco(portefeuille, Pouvoir.TRAITER_FACTURES)
    return accepter_facture(facture_id=facture.pk, par=gestionnaire, maintenant=ACCORD, service_fait="Contrôlé")


def lot_de(facture: Facture, portefeuille: UUID = PORTEFEUILLE) -> LotVirements:
    """The invoice accepted, alone in a prepared batch."""
    accepter(facture, portefeuille)
    comptable = acteur_opco(portefeuille, Pouvoir.PREPARER_LOTS)
    return preparer_lot(par=comptable, maintenant=MAINTENANT - 8 * JOUR, factures={facture.pk}).lot


def signer_et_remettre(lot: LotVirements, portefeuille: UUID = PORTEFEUILLE) -> LotVirements:
    """Signed by somebody else, its file handed over."""
    quand = MAINTENANT - 7 * JOUR
    responsable = acteur_opco(portefeuille, Pouvoir.SIGNER_LOTS, Pouvoir.PREPARER_LOTS)
    signer_lot(lot_id=lot.pk, par=responsable, maintenant=quand)
    telecharger_xml(lot_id=lot.pk, par=responsable, maintenant=quand)
    return lot


def executer(facture: Facture, portefeuille: UUID = PORTEFEUILLE) -> None:
    """The whole way to a payment that both sides see."""
    lot, quand = signer_et_remettre(lot_de(facture, portefeuille), portefeuille), MAINTENANT - 5 * JOUR
    comptable = acteur_opco(portefeuille, Pouvoir.PREPARER_LOTS)
    declarer_execute(lot_id=lot.pk, date_execution=quand.date(), reference="RELEVE-0", par=comptable, maintenant=quand)


def argent(objets: dict[str, str]) -> None:
    """Those of A and of its provider, then those of B and of its own."""
    _comptes(objets)
    aline, organisme = fabrique.aline(), acteur_prestataire(SIREN_OF)
    accorde, rembourse = objets["engagement_accorde"], objets["engagement_rembourse"]
    etat = facturer(accorde, "30.00", "E-1", aline, taux="0", genre=GenreFacture.ETAT_DEPENSES)
    factures = {
        "facture": facturer(accorde, "100.00", "F-1", organisme),
        "etat_depenses": etat,
        "facture_a": facturer(rembourse, "40.00", "R-1", aline),
        "acceptee": accepter(facturer(accorde, "70.00", "F-4", organisme)),
        "a_actualiser": accepter(facturer(rembourse, "45.00", "R-2", aline)),
    }
    objets |= {nom: str(facture.pk) for nom, facture in factures.items()}
    lots = {
        "lot": lot_de(facturer(accorde, "50.00", "F-2", organisme)),
        "lot_signe": signer_et_remettre(lot_de(facturer(accorde, "60.00", "F-3", organisme))),
    }
    objets |= {nom: str(lot.pk) for nom, lot in lots.items()}
    executer(facturer(accorde, "80.00", "F-5", organisme))
    executer(facturer(objets["engagement_accorde_2"], "80.00", "F-6", organisme))
    objets["rib"] = str(_compte(IBAN_A, SIREN, NOUVEAU_RIB, verifie=False).pk)
    objets["trop_percu"] = _trop_percu(accorde, PosteVerse.FACTURE)
    objets["trop_percu_propose"] = _trop_percu(accorde, PosteVerse.DEPENSES, abandon_propose_le=MAINTENANT, abandon_motif="Essai")
    _d_ailleurs(objets)


def _trop_percu(engagement_id: str, poste: PosteVerse, **plus: object) -> str:
    """What was paid in excess on an agreement of the world."""
    engagement = Engagement.objects.tous("essai").select_related("dossier").get(pk=engagement_id)
    au_prestataire = poste == PosteVerse.FACTURE
    trop_percu = TropPercu(
        engagement=engagement, poste=poste.value, dossier_numero=engagement.numero, dossier_titre=engagement.dossier.titre,
        beneficiaire_profil=Profil.PRESTATAIRE if au_prestataire else Profil.ADHERENT,
        beneficiaire_siren=engagement.prestataire_siren if au_prestataire else engagement.siren,
        beneficiaire_nom=engagement.dossier.denomination, montant=Decimal("50.00"), motif="avenant 35", etat_depuis=MAINTENANT,
        constate_le=MAINTENANT, **plus,
    ).porter(replace(engagement.portee, domaine=Domaine.FACTURES, prestataire_siren=engagement.prestataire_siren if au_prestataire else ""))  # fmt: skip
    trop_percu.save(force_insert=True)
    return str(trop_percu.pk)


def _compte(
    iban: str, siren: str, le: datetime, profil: Profil = Profil.ADHERENT, titulaire: str = "", *, verifie: bool = True
) -> CoordonneesBancaires:
    return banque.ajouter(iban, siren=siren, profil=profil, le=le, titulaire=titulaire or "Hôtel du Lac", verifie=verifie)


def _comptes(objets: dict[str, str]) -> None:
    ancien = MAINTENANT - 60 * JOUR
    _compte(ANCIEN_IBAN_A, SIREN, ancien)
    objets |= {
        "rib_p": str(_compte(IBAN_P, SIREN_OF, ancien, Profil.PRESTATAIRE, "Savoir Faire").pk),
        "autre_rib": str(_compte(IBAN_B, AUTRE_SIREN, ancien, titulaire=CANARI_B).pk),
        "rib_q": str(_compte(IBAN_Q, SIREN_Q, ancien, Profil.PRESTATAIRE, "Autre Organisme").pk),
    }


def _d_ailleurs(objets: dict[str, str]) -> None:
    b, organisme = entreprise_b(), acteur_prestataire(SIREN_Q)
    de_b, de_q = objets["engagement_autre_accorde"], objets["engagement_autre_accorde_q"]
    autre = facturer(de_b, MONTANT_DE_B, f"{CANARI_B}-1", b)
    accepter(facturer(de_q, "60.00", f"{CANARI_B}-2", organisme), AUTRE_PORTEFEUILLE)
    lot = lot_de(facturer(de_q, "70.00", f"{CANARI_B}-3", organisme), AUTRE_PORTEFEUILLE)
    executer(facturer(de_b, "50.00", f"{CANARI_B}-4", b), AUTRE_PORTEFEUILLE)
    executer(facturer(de_q, "50.00", f"{CANARI_B}-5", organisme), AUTRE_PORTEFEUILLE)
    objets |= {"autre_facture": str(autre.pk), "autre_lot": str(lot.pk)}
    objets["autre_trop_percu"] = _trop_percu(de_b, PosteVerse.FACTURE)
    _trop_percu(de_q, PosteVerse.FACTURE)
