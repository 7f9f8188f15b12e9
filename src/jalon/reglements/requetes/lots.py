"""Batches, for those who prepare and sign them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.reglements.enums import EtatLot
from jalon.reglements.examen import Ecartee, Payable, compte_verifie_exige, comptes_de, examiner, refus_du_compte
from jalon.reglements.models import LotVirements, Virement
from jalon.socle.acteurs import Acteur, Pouvoir, Profil, Tache
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.montants import formater_montant, somme

LIMITE_LOT = 2000
LIMITE_LISTE = 50


def lot_accessible(lot_id: UUID, acteur: Acteur, *, verrou: bool = False) -> LotVirements:
    """The batch, if every line of it is in portefeuilles where the actor prepares or signs. Raises Introuvable."""
    lots = LotVirements.objects.visibles_par(acteur).filter(pk=lot_id)
    lot: LotVirements | None = (lots.select_for_update(of=("self",)) if verrou else lots).first()
    if lot is None:
        raise Introuvable("Nous ne trouvons pas ce lot de virements.")
    return lot


def exiger_sur_le_lot(lot: LotVirements, acteur: Acteur, *pouvoirs: Pouvoir) -> None:
    """Raise DroitManquant unless one of the powers is held on every portefeuille of the batch."""
    concernes = set(_lignes(lot).values_list("portefeuille_id", flat=True))
    if not any(concernes <= acteur.portefeuilles(p) for p in pouvoirs):
        acteur.exiger_pouvoir(pouvoirs[0], None)
        raise DroitManquant("Ce lot contient des virements d’un portefeuille où votre rôle ne le permet pas.")


def _lignes(lot: LotVirements) -> QuerySet[Virement]:
    return Virement.objects.tous("lignes d’un lot déjà obtenu par sa porte").filter(lot=lot)


def virements_de(lot: LotVirements, *, retires: bool = False) -> list[Virement]:
    """Lines of a batch already reached by its door, in order; with `retires`, those taken out too."""
    lignes = _lignes(lot).select_related("facture").order_by("end_to_end")
    return list(lignes if retires else lignes.filter(retire_le__isnull=True))


def liste_lots(acteur: Acteur, etats: frozenset[str] = frozenset()) -> list[LotVirements]:
    """The last batches that the actor may prepare or sign, newest first; the file is not loaded."""
    lots = LotVirements.objects.visibles_par(acteur).defer("xml_chiffre").order_by("-prepare_le", "-id")
    return list((lots.filter(etat__in=sorted(etats)) if etats else lots)[:LIMITE_LISTE])


def factures_a_payer(acteur: Acteur, maintenant: datetime) -> tuple[list[Payable], list[Ecartee]]:
    """What a batch prepared now would hold, and what it would set aside with the reason; oldest acceptance first."""
    miens = acteur.portefeuilles(Pouvoir.PREPARER_LOTS)
    factures = Facture.objects.visibles_par(acteur).filter(etat=EtatFacture.ACCEPTEE, portefeuille_id__in=miens)
    lues = list(factures.select_related("engagement").order_by("etat_depuis", "id")[:LIMITE_LOT])
    return examiner(lues, maintenant)


def alertes_de(lot: LotVirements, maintenant: datetime) -> list[Ecartee]:
    """Lines of a batch, not executed, whose account can no longer be paid: frozen, replaced, to verify since it was prepared."""
    if lot.etat not in {EtatLot.PREPARE, EtatLot.SIGNE}:
        return []
    return lignes_impayables(virements_de(lot), maintenant, verrou=False)


def lignes_impayables(virements: list[Virement], maintenant: datetime, *, verrou: bool) -> list[Ecartee]:
    """Lines whose account can no longer be paid, with the reason."""
    comptes = comptes_de(((v.beneficiaire_siren, v.beneficiaire_profil) for v in virements), verrou=verrou)
    verifie = compte_verifie_exige(maintenant)
    jugees = (
        refus_du_compte(
            v.facture,
            v.coordonnees_id,
            comptes[v.beneficiaire_siren, Profil(v.beneficiaire_profil)],
            maintenant,
            verifie=verifie,
        )
        for v in virements
    )
    return [ligne for ligne in jugees if ligne is not None]


def a_faire(acteur: Acteur, maintenant: datetime) -> list[Tache]:
    """Batches to sign, to hand over or to close, and invoices that can be paid now."""
    taches = [_tache_de(lot, acteur) for lot in liste_lots(acteur, frozenset({EtatLot.PREPARE, EtatLot.SIGNE}))]
    if acteur.portefeuilles(Pouvoir.PREPARER_LOTS):
        payables, _ = factures_a_payer(acteur, maintenant)
        if payables:
            total = formater_montant(somme(p.facture.montant_a_payer for p in payables))
            taches.append(
                Tache(
                    titre="Préparer un lot de virements",
                    detail=f"{len(payables)} factures à payer · {total}",
                    action="Préparer",
                    nom_url="opco_lot_preparer",
                    parametres=(),
                    icone="banknote",
                    rubrique="virements",
                )
            )
    return [t for t in taches if t is not None]


def _tache_de(lot: LotVirements, acteur: Acteur) -> Tache | None:
    signe = bool(acteur.portefeuilles(Pouvoir.SIGNER_LOTS)) and lot.prepare_par != acteur.identite
    if lot.etat == EtatLot.PREPARE and not signe:
        return None
    titre = f"Signer le lot {lot.numero}" if lot.etat == EtatLot.PREPARE else f"Clore le lot {lot.numero}"
    return Tache(
        titre=titre,
        detail=f"{lot.nombre} virements · {formater_montant(lot.total)}",
        action="Signer" if lot.etat == EtatLot.PREPARE else "Déclarer exécuté",
        nom_url="opco_lot",
        parametres=(("lot_id", str(lot.pk)),),
        icone="banknote",
        rubrique="virements",
    )
