"""Signing: the second person, and the one moment when the file for the bank is written."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.reglements.actions.commun import noter_lot, verrouiller_factures
from jalon.reglements.enums import EtatLot
from jalon.reglements.examen import COMPTE_ALTERE, Ecartee, iban_conforme
from jalon.reglements.models import LotVirements, Virement
from jalon.reglements.regles import jour_bancaire
from jalon.reglements.requetes.lots import exiger_sur_le_lot, lignes_impayables, lot_accessible, virements_de
from jalon.reglements.sepa import LigneSepa, composer, lire_payeur
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.chiffre import chiffrer_octets
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, Empechements
from jalon.socle.montants import en_centimes, formater_montant, somme


@second_facteur_exige
def signer_lot(*, lot_id: UUID, par: Acteur, maintenant: datetime) -> LotVirements:
    """Sign a batch prepared by somebody else: everything is judged again, then the file is written, once and for all.

    Raises Introuvable, DroitManquant (no power on every line, or the one who prepared), TransitionImpossible, Empechements (accounts
    frozen or replaced since, with every line), FichierRefuse.
    """
    with transaction.atomic():
        lot = lot_accessible(lot_id, par, verrou=True)
        exiger_sur_le_lot(lot, par, Pouvoir.SIGNER_LOTS)
        if par.identite is None or par.identite == lot.prepare_par:
            raise DroitManquant("Vous avez préparé ce lot\u00a0: une autre personne le signe.")
        lot.avancer(EtatLot.SIGNE)
        virements = virements_de(lot)
        _juger(lot, virements, maintenant)
        _ecrire(lot, virements, maintenant)
        lot.signe_le, lot.signe_par, lot.signe_par_nom = maintenant, par.identite, par.libelle[:200]
        lot.save(
            update_fields=[
                "etat", "signe_le", "signe_par", "signe_par_nom", "message_id", "date_demandee", "xml_chiffre", "sha256",
            ]
        )  # fmt: skip
        noter_lot("lot.signe", lot, par, maintenant, {"nombre": lot.nombre, "total": formater_montant(lot.total)})
    return lot


def _juger(lot: LotVirements, virements: list[Virement], maintenant: datetime) -> None:
    """Every account can still be paid, every line is still its invoice's, and they make the announced total."""
    impayables = lignes_impayables(virements, maintenant, verrou=True)
    factures = verrouiller_factures(virements)
    impayables += [
        Ecartee(v.facture, "la facture a changé depuis la préparation")
        for v in virements
        if not _conforme(v, factures[v.facture_id])
    ]
    if impayables:
        raise Empechements("Ce lot ne peut plus être signé. Abandonnez-le, puis préparez-en un autre.", impayables)
    if lot.nombre != len(virements) or lot.total != somme(v.montant for v in virements):
        raise Empechements("Le total de ce lot ne correspond pas à ses lignes\u00a0: abandonnez-le.", [])


def _conforme(virement: Virement, facture: Facture) -> bool:
    return (
        facture.etat == EtatFacture.EN_PAIEMENT
        and virement.montant == facture.montant_a_payer
        and virement.coordonnees_id == facture.coordonnees_id
        and virement.beneficiaire == facture.titulaire
    )


def _ecrire(lot: LotVirements, virements: list[Virement], maintenant: datetime) -> None:
    lot.message_id = lot.numero
    lot.date_demandee = jour_bancaire(jour_de_paris(maintenant))
    octets = composer(
        message_id=lot.numero,
        payeur=lire_payeur(settings.JALON_COMPTE_PAYEUR),
        lignes=_lignes(virements),
        date_execution=lot.date_demandee,
        cree_le=maintenant,
    )
    lot.xml_chiffre = chiffrer_octets(octets, lot.pk)
    lot.sha256 = hashlib.sha256(octets).hexdigest()


def _lignes(virements: list[Virement]) -> list[LigneSepa]:
    """The lines in clear; an account that was swapped in the database is not readable on this row. Raises Empechements."""
    lignes, alteres = [], []
    for v in virements:
        iban = iban_conforme(v.iban_chiffre, v.pk, v.coordonnees)
        if iban:
            libelle = f"Facture {v.facture_numero} dossier {v.dossier_numero}"
            lignes.append(LigneSepa(v.end_to_end, v.beneficiaire, iban, v.bic, en_centimes(v.montant), libelle))
        else:
            alteres.append(Ecartee(v.facture, COMPTE_ALTERE))
    if alteres:
        raise Empechements(
            "Ce lot ne peut plus être signé\u00a0: un compte ne correspond plus. Abandonnez-le, puis préparez-en un autre.",
            alteres,
        )
    return lignes
