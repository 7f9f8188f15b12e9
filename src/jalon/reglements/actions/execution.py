"""Handing the file over, always the same, and closing the batch once the bank has paid."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import (
    preparer,
)
from jalon.facturation.actions import marquer_reglees
from jalon.facturation.actions.commun import verrouiller_dossier
from jalon.facturation.avis import destinataires
from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.reglements.actions.commun import noter_lot, verrouiller_factures
from jalon.reglements.courriels import ReglementEffectue
from jalon.reglements.enums import EtatLot
from jalon.reglements.models import LotVirements
from jalon.reglements.regles import LONGUEUR_REFERENCE
from jalon.reglements.requetes.lots import exiger_sur_le_lot, lignes_impayables, lot_accessible, virements_de
from jalon.reglements.sepa import FichierRefuse
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.chiffre import dechiffrer_octets
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Empechements, SaisiesRefusees, TransitionImpossible
from jalon.socle.texte import normaliser

TRACES = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FichierBancaire:
    """What is served: always the same bytes."""

    nom: str
    octets: bytes
    sha256: str


@second_facteur_exige
def telecharger_xml(*, lot_id: UUID, par: Acteur, maintenant: datetime) -> FichierBancaire:
    """The file of a signed batch, checked against its SHA-256; each download is in the journal.

    Before the first one, accounts are judged a last time: a frozen one stops the batch while nothing has left.
    Raises Introuvable, DroitManquant, TransitionImpossible (not signed), Empechements, FichierRefuse.
    """
    with transaction.atomic():
        lot = lot_accessible(lot_id, par, verrou=True)
        exiger_sur_le_lot(lot, par, Pouvoir.SIGNER_LOTS, Pouvoir.PREPARER_LOTS)
        if lot.etat not in {EtatLot.SIGNE, EtatLot.EXECUTE}:
            raise TransitionImpossible("Le fichier existe une fois le lot signé.")
        if lot.remis_le is None:
            impayables = lignes_impayables(virements_de(lot), maintenant, verrou=True)
            if impayables:
                raise Empechements("Ne remettez pas ce lot à la banque\u00a0: abandonnez-le.", impayables)
            lot.remis_le = maintenant
            lot.save(update_fields=["remis_le"])
        octets = _octets(lot)
        noter_lot("lot.fichier_remis", lot, par, maintenant)
        noter_revelation(
            sensible=Sensible.IBAN, par=par, portee=lot.portee, objet=lot, le=maintenant,
            libelle=f"Fichier bancaire du lot {lot.numero}", motif="Remise du fichier à la banque",
        )  # fmt: skip
    return FichierBancaire(f"{lot.numero}.xml", octets, lot.sha256)


def _octets(lot: LotVirements) -> bytes:
    octets = dechiffrer_octets(bytes(lot.xml_chiffre or b""), lot.pk)
    if hashlib.sha256(octets).hexdigest() != lot.sha256:
        TRACES.error("lot %s : le fichier bancaire ne correspond plus à son empreinte", lot.numero)
        raise FichierRefuse(f"Le fichier du lot {lot.numero} a été altéré\u00a0: ne l’envoyez pas à la banque.")
    return octets


def declarer_execute(*, lot_id: UUID, date_execution: date, reference: str, par: Acteur, maintenant: datetime) -> LotVirements:
    """The bank paid: invoices are settled, both sides see the payment, its date and its reference, requests are closed.

    Raises Introuvable, DroitManquant, SaisiesRefusees (date, reference), TransitionImpossible (not signed, file never handed
    over, already declared).
    """
    with transaction.atomic():
        lot = lot_accessible(lot_id, par, verrou=True)
        exiger_sur_le_lot(lot, par, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS)
        lot.avancer(EtatLot.EXECUTE)
        if lot.remis_le is None:
            raise TransitionImpossible("Téléchargez d’abord le fichier de ce lot\u00a0: la banque ne l’a pas encore reçu.")
        reference = _verifier(lot.remis_le, date_execution, reference, maintenant)
        lot.date_execution, lot.reference, lot.execute_le = date_execution, reference, maintenant
        lot.execute_par, lot.execute_par_nom = par.identite, par.libelle[:200]
        lot.save(update_fields=["etat", "date_execution", "reference", "execute_le", "execute_par", "execute_par_nom"])
        _regler(lot, par, maintenant)
        noter_lot("lot.execute", lot, par, maintenant, {"reference": reference})
    return lot


def _verifier(remis_le: datetime, date_execution: date, reference: str, maintenant: datetime) -> str:
    refus = {}
    if date_execution > jour_de_paris(maintenant):
        refus["date_execution"] = "La date d’exécution est dans le futur"
    elif date_execution < jour_de_paris(remis_le):
        refus["date_execution"] = f"Le fichier a été remis le {formater_date(jour_de_paris(remis_le))}, pas avant"
    net = " ".join(reference.split())
    if not net:
        refus["reference"] = "Indiquez la référence donnée par la banque"
    elif len(net) > LONGUEUR_REFERENCE:
        refus["reference"] = f"La référence comporte {LONGUEUR_REFERENCE}\u00a0caractères au plus"
    if refus:
        raise SaisiesRefusees(refus)
    return net


def _regler(lot: LotVirements, par: Acteur, maintenant: datetime) -> None:
    """Requests first, in one order for everybody, then invoices, then lines."""
    virements = virements_de(lot)
    for dossier_id in sorted({v.facture.engagement.dossier_id for v in virements}):
        verrouiller_dossier(dossier_id)
    factures = verrouiller_factures(virements)
    for virement in virements:
        virement.execute_le, virement.reference = lot.date_execution, lot.reference
        virement.recherche = f"{virement.recherche} {normaliser(lot.reference)}"
        virement.save(update_fields=["execute_le", "reference", "recherche"])
    marquer_reglees(factures=factures.values(), reference=lot.reference, par=par, maintenant=maintenant)
    for facture in factures.values():
        preparer(ReglementEffectue, facture.pk, destinataires(facture, maintenant), le=maintenant)
