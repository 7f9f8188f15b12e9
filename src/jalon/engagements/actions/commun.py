"""What a grant and a schedule counted again both copy from the estimate."""

from typing import Any

from jalon.dispositifs.base import Estimation
from jalon.engagements.models import EcheanceEngagement, Engagement, LigneEngagement
from jalon.socle.montants import somme

TACHE_ACCORD = "engagements.produire_accord"


def exiger_juste(estimation: Estimation) -> None:
    """A schedule pays what is granted without annex costs, to the cent. Raises ValueError: no such thing is ever engaged."""
    if not estimation.echeances:
        return
    paye, accorde = somme(e.montant for e in estimation.echeances), estimation.total_ht - estimation.total_annexe
    if paye != accorde:
        raise ValueError(f"échéancier de {paye} € pour un accord de {accorde} €")


def montants_de(estimation: Estimation) -> dict[str, Any]:
    """The amounts of an engagement, and why they are what they are."""
    return {
        "mode_paiement": estimation.mode_paiement.value,
        "motif_paiement": estimation.motif_paiement,
        "taux_tva": estimation.taux_tva,
        "montant_ht": estimation.total_ht,
        "montant_tva": estimation.montant_tva,
        "montant_ttc": estimation.total_ttc,
        "montant_a_payer": estimation.a_payer,
        "bareme_reference": estimation.bareme_reference,
        "explications": [{"libelle": x.libelle, "montant": str(x.montant), "source": x.source} for x in estimation.explications],
    }


def copier_le_detail(engagement: Engagement, estimation: Estimation) -> None:
    """Lines and payments of the version of the engagement."""
    LigneEngagement.objects.bulk_create(
        LigneEngagement(
            engagement=engagement,
            rang=rang,
            poste=ligne.poste,
            libelle=ligne.libelle,
            quantite=ligne.quantite,
            unite=ligne.unite,
            prix_unitaire=ligne.prix_unitaire,
            montant_demande=ligne.montant_demande,
            montant_ht=ligne.montant_ht,
            soumise_a_tva=ligne.soumise_a_tva,
            annexe=ligne.annexe,
        )
        for rang, ligne in enumerate(estimation.lignes)
    )
    EcheanceEngagement.objects.bulk_create(
        EcheanceEngagement(
            engagement=engagement,
            version=engagement.version,
            numero=echeance.numero,
            annee=echeance.annee,
            date_ouverture=echeance.date_ouverture,
            part=echeance.part,
            montant_brut=echeance.brut,
            montant=echeance.montant,
            solde=echeance.solde,
            perdu_apres=echeance.perdu_apres,
        )
        for echeance in estimation.echeances
    )
