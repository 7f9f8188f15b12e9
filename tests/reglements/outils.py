"""Batches for the tests of payments."""

from datetime import datetime, timedelta
from uuid import UUID

from jalon.facturation.models import Facture
from jalon.reglements.actions import (
    FichierBancaire,
    Preparation,
    declarer_execute,
    preparer_lot,
    signer_lot,
    telecharger_xml,
)
from jalon.reglements.models import LotVirements, Virement
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_opco
from tests.banque.outils import IBANS, JOUR, MAINTENANT, PORTEFEUILLE, SIREN_PRESTATAIRE, ajouter
from tests.facturation.outils import accorder, deposer_et_accepter, saisie_facture

INES, JEANNE = nouvel_id(), nouvel_id()


def comptable(**autres: object) -> FauxActeur:
    return acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS, **{"id": INES, "nom": "Inès Essai", **autres})


def responsable(**autres: object) -> FauxActeur:
    return acteur_opco(PORTEFEUILLE, Pouvoir.SIGNER_LOTS, **{"id": JEANNE, "nom": "Jeanne Essai", **autres})


def rib_du_prestataire(iban: str = IBANS[1], le: datetime = MAINTENANT - 30 * JOUR, *, verifie: bool = True) -> UUID:
    """An account of the provider, verified by the OPCO."""
    return ajouter(
        iban, siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE, le=le, titulaire="Institut Horizon", verifie=verifie
    ).pk


def factures_acceptees(nombre: int) -> list[Facture]:
    """Invoices of the provider, each on its own agreement, with a distinct amount."""
    return [
        deposer_et_accepter(accorder(lignes=[("pedagogie", f"{1000 + n}.00", True)]), saisie_facture(f"{1000 + n}.00"))
        for n in range(nombre)
    ]


def preparer(le: datetime = MAINTENANT, **autres: object) -> Preparation:
    return preparer_lot(par=autres.pop("par", comptable()), maintenant=le, **autres)  # type: ignore[arg-type]


def signer(lot: LotVirements, le: datetime = MAINTENANT, par: FauxActeur | None = None) -> LotVirements:
    return signer_lot(lot_id=lot.pk, par=par or responsable(), maintenant=le)


def telecharger(lot: LotVirements, le: datetime = MAINTENANT, par: FauxActeur | None = None) -> FichierBancaire:
    return telecharger_xml(lot_id=lot.pk, par=par or comptable(), maintenant=le)


def executer(lot: LotVirements, le: datetime = MAINTENANT + timedelta(hours=5), reference: str = "RELEVE-12") -> LotVirements:
    return declarer_execute(lot_id=lot.pk, date_execution=jour_de_paris(le), reference=reference, par=comptable(), maintenant=le)


def relire(lot: LotVirements) -> LotVirements:
    relu: LotVirements = LotVirements.objects.tous("essai").get(pk=lot.pk)
    return relu


def lignes(lot: LotVirements) -> list[Virement]:
    return list(Virement.objects.tous("essai").filter(lot=lot).order_by("end_to_end"))
