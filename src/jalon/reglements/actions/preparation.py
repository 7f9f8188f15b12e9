"""Preparing a batch, taking a line out, giving it up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jalon.banque import coffre
from jalon.courriers.actions import preparer
from jalon.facturation.actions import mettre_en_paiement, retirer_du_paiement
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.reglements.actions.commun import noter_lot, verrouiller_factures
from jalon.reglements.avis import signataires
from jalon.reglements.courriels import LotASigner
from jalon.reglements.enums import EtatLot
from jalon.reglements.examen import Ecartee, Payable, examiner
from jalon.reglements.models import LotVirements, Virement
from jalon.reglements.regles import former_end_to_end, former_numero
from jalon.reglements.requetes.lots import LIMITE_LOT, exiger_sur_le_lot, lot_accessible, virements_de
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, Empechements, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.montants import formater_montant, somme
from jalon.socle.texte import normaliser


@dataclass(frozen=True, slots=True)
class Preparation:
    """A batch, and the accepted invoices that it sets aside with the reason of each."""

    lot: LotVirements
    ecartees: list[Ecartee]


def preparer_lot(*, par: Acteur, maintenant: datetime, factures: Collection[UUID] | None = None) -> Preparation:
    """Put every accepted invoice that can be paid now (or the chosen ones) in a new batch; the others are set aside.

    Invoices and accounts are locked: two batches prepared at once never hold the same invoice. Amounts, beneficiaries and
    accounts are copied. Raises DroitManquant, Empechements (nothing can be paid, with every reason).
    """
    par.exiger_pouvoir(Pouvoir.PREPARER_LOTS, None)
    identite = par.identite
    if identite is None:
        raise DroitManquant("Un lot est préparé par une personne.")
    with transaction.atomic():
        retenues = _acceptees(par, factures)
        payables, ecartees = examiner(retenues, maintenant, verrou=True)
        if not payables:
            raise Empechements("Aucune facture ne peut être payée maintenant.", ecartees)
        lot = _nouveau_lot(payables, identite, par.libelle, maintenant)
        lot.save(force_insert=True)
        Virement.objects.tous("lignes du lot que l’on prépare").bulk_create(
            _virement(lot, rang, payable) for rang, payable in enumerate(payables, start=1)
        )
        mettre_en_paiement(factures=[p.facture for p in payables], lot=lot.numero, par=par, maintenant=maintenant)
        noter_lot("lot.prepare", lot, par, maintenant, {"nombre": lot.nombre, "total": formater_montant(lot.total)})
        preparer(LotASigner, lot.pk, signataires(lot, maintenant), le=maintenant)
    return Preparation(lot, ecartees)


def _acceptees(par: Acteur, choisies: Collection[UUID] | None) -> list[Facture]:
    """Accepted invoices of the actor's portefeuilles, locked; read again by PostgreSQL once the lock is obtained."""
    factures = Facture.objects.visibles_par(par).filter(
        etat=EtatFacture.ACCEPTEE, portefeuille_id__in=par.portefeuilles(Pouvoir.PREPARER_LOTS)
    )
    if choisies is not None:
        factures = factures.filter(pk__in=list(choisies))
    premieres = list(factures.order_by("etat_depuis", "pk").values_list("pk", flat=True)[:LIMITE_LOT])
    verrouillees = Facture.objects.visibles_par(par).filter(pk__in=premieres, etat=EtatFacture.ACCEPTEE)
    return list(verrouillees.select_for_update(of=("self",)).select_related("engagement").order_by("pk"))


def _nouveau_lot(payables: list[Payable], par: UUID, nom: str, maintenant: datetime) -> LotVirements:
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('reglements_lot_numero')")
        rang = int(curseur.fetchone()[0])
    portefeuilles = {p.facture.portefeuille_id for p in payables}
    commun = portefeuilles.pop() if len(portefeuilles) == 1 else None
    return LotVirements(
        numero=former_numero(jour_de_paris(maintenant), rang),
        etat=EtatLot.PREPARE.value,
        total=somme(p.facture.montant_a_payer for p in payables),
        nombre=len(payables),
        prepare_le=maintenant,
        prepare_par=par,
        prepare_par_nom=nom[:200],
    ).porter(Portee(portefeuille_id=commun, domaine=Domaine.REGLEMENTS))


def _virement(lot: LotVirements, rang: int, payable: Payable) -> Virement:
    facture, portee = payable.facture, payable.facture.portee
    virement = Virement(
        lot=lot,
        facture=facture,
        facture_numero=facture.numero,
        dossier_numero=facture.dossier_numero,
        montant=facture.montant_a_payer,
        beneficiaire=facture.titulaire,
        beneficiaire_profil=facture.beneficiaire_profil,
        beneficiaire_siren=facture.beneficiaire_siren,
        coordonnees=payable.compte,
        iban_masque=payable.compte.iban_masque,
        bic=payable.compte.bic,
        end_to_end=former_end_to_end(lot.numero, rang),
    ).porter(Portee(portee.siren, portee.siret, portee.prestataire_siren, portee.portefeuille_id, Domaine.REGLEMENTS))
    virement.recherche = f"{facture.recherche} {normaliser(f'{facture.titulaire} {virement.end_to_end}')}"
    virement.iban_chiffre = coffre.chiffrer_iban(payable.iban, virement.pk)
    return virement


def retirer_virement(*, virement_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> LotVirements:
    """Take one line out of a batch not yet signed: its invoice can be paid by another one.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (signed, last line).
    """
    motif = _lire_motif(motif)
    with transaction.atomic():
        lot, ligne = _ligne_du_lot(virement_id, par)
        exiger_sur_le_lot(lot, par, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS)
        if lot.etat != EtatLot.PREPARE or ligne.retire_le is not None:
            raise TransitionImpossible("Une ligne se retire avant la signature du lot.")
        if lot.nombre == 1:
            raise TransitionImpossible("C’est la dernière ligne du lot\u00a0: abandonnez le lot.")
        _retirer([ligne], lot, motif, par, maintenant)
        restantes = virements_de(lot)
        lot.nombre, lot.total = len(restantes), somme(v.montant for v in restantes)
        lot.save(update_fields=["nombre", "total"])
        noter_lot("lot.ligne_retiree", lot, par, maintenant, {"facture": ligne.facture_numero, "motif": motif})
    return lot


def _ligne_du_lot(virement_id: UUID, par: Acteur) -> tuple[LotVirements, Virement]:
    lignes = Virement.objects.tous("ligne d’un lot dont on demande ensuite la porte").filter(pk=virement_id)
    lot_id = lignes.values_list("lot_id", flat=True).first()
    if lot_id is None:
        raise Introuvable("Nous ne trouvons pas ce virement.")
    lot = lot_accessible(lot_id, par, verrou=True)
    return lot, lignes.get()


def _lire_motif(motif: str) -> str:
    net = motif.strip()
    if not net:
        raise SaisieRefusee("Indiquez le motif", champ="motif")
    return net[:500]


def _retirer(virements: list[Virement], lot: LotVirements, motif: str, par: Acteur, maintenant: datetime) -> None:
    factures = verrouiller_factures(virements)
    for virement in virements:
        virement.retire_le, virement.motif_retrait = maintenant, motif
        virement.save(update_fields=["retire_le", "motif_retrait"])
    retirer_du_paiement(factures=factures.values(), lot=lot.numero, par=par, maintenant=maintenant)


def abandonner_lot(*, lot_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> LotVirements:
    """Give a batch up: its invoices can be paid by another one. A signed batch, only while its file was handed to nobody.

    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (file handed over, executed…).
    """
    motif = _lire_motif(motif)
    with transaction.atomic():
        lot = lot_accessible(lot_id, par, verrou=True)
        pouvoirs = (Pouvoir.SIGNER_LOTS,) if lot.etat == EtatLot.SIGNE else (Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS)
        exiger_sur_le_lot(lot, par, *pouvoirs)
        if lot.remis_le is not None:
            raise TransitionImpossible("Le fichier de ce lot a été remis\u00a0: la banque l’a peut-être déjà exécuté.")
        lot.avancer(EtatLot.ABANDONNE)
        _retirer(virements_de(lot), lot, motif, par, maintenant)
        lot.abandonne_le, lot.abandonne_par, lot.abandonne_par_nom = maintenant, par.identite, par.libelle[:200]
        lot.motif_abandon = motif
        lot.save(update_fields=["etat", "abandonne_le", "abandonne_par", "abandonne_par_nom", "motif_abandon"])
        noter_lot("lot.abandonne", lot, par, maintenant, {"motif": motif})
    return lot
