"""Engaging what was granted, typesetting the agreement, giving back what was cancelled."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jalon.courriers.actions import preparer
from jalon.dispositifs.base import Estimation
from jalon.dossiers.models import Dossier
from jalon.editions.actions import enregistrer_edition
from jalon.editions.composition import composer_accord
from jalon.engagements.composition import accord_de
from jalon.engagements.courriels import AccordEntreprise, AccordPrestataire, aux_gens_de_l_entreprise, aux_gens_du_prestataire
from jalon.engagements.models import ConsommationAnnuelle, Engagement, LigneEngagement
from jalon.engagements.requetes import GENRE_ACCORD, lignes_de
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.montants import euros, formater_montant
from jalon.socle.travaux import differer

TACHE_ACCORD = "engagements.produire_accord"


def engager(*, dossier: Dossier, estimation: Estimation, commentaire: str = "", par: Acteur, maintenant: datetime) -> Engagement:
    """Copy the grant of a request that the caller has locked and judged, take it from the yearly budget, queue the agreement.

    `estimation` carries the granted amounts. The budget row is locked: two grants at once never pass the ceiling together.
    Raises: SaisieRefusee (nothing granted), TransitionImpossible (engaged already, or the yearly budget is not enough).
    """
    if estimation.total_ht <= 0:
        raise SaisieRefusee("Accordez au moins une ligne, ou refusez la demande", champ="montants")
    with transaction.atomic():
        if Engagement.objects.tous("une seule décision par dossier, déjà verrouillé").filter(dossier=dossier).exists():
            raise TransitionImpossible("Ce dossier est déjà accordé.")
        _imputer(dossier, estimation)
        engagement = _copier(dossier, estimation, commentaire, par, maintenant)
        differer(TACHE_ACCORD, engagement_id=str(engagement.id))
    return engagement


def _imputer(dossier: Dossier, estimation: Estimation) -> None:
    """Add to what the company used, within the ceiling."""
    if not estimation.enveloppe or not estimation.impute:
        return
    cle = {"siren": dossier.siren, "annee": estimation.annee, "enveloppe": estimation.enveloppe}
    ConsommationAnnuelle.objects.bulk_create([ConsommationAnnuelle(**cle)], ignore_conflicts=True)
    ligne = ConsommationAnnuelle.objects.select_for_update().get(**cle)
    apres = euros(ligne.montant + estimation.impute)
    if estimation.plafond is not None and apres > estimation.plafond:
        reste = formater_montant(max(euros(estimation.plafond - ligne.montant), euros(0)))
        raise TransitionImpossible(
            f"Il reste {reste} sur le budget {estimation.annee} de l’entreprise ({formater_montant(estimation.plafond)})\u00a0: "
            f"réduisez les montants, {formater_montant(estimation.impute)} le dépasseraient."
        )
    ligne.montant = apres
    ligne.save(update_fields=["montant"])


def _copier(dossier: Dossier, estimation: Estimation, commentaire: str, par: Acteur, maintenant: datetime) -> Engagement:
    engagement = Engagement(
        dossier=dossier,
        numero=dossier.numero or "",
        accorde_le=maintenant,
        accorde_par=par.identite,
        accorde_par_nom=par.libelle[:200],
        mode_paiement=estimation.mode_paiement.value,
        motif_paiement=estimation.motif_paiement,
        taux_tva=estimation.taux_tva,
        montant_ht=estimation.total_ht,
        montant_tva=estimation.montant_tva,
        montant_ttc=estimation.total_ttc,
        montant_a_payer=estimation.a_payer,
        bareme_reference=estimation.bareme_reference,
        enveloppe=estimation.enveloppe,
        annee=estimation.annee,
        impute=estimation.impute if estimation.enveloppe else 0,
        commentaire=commentaire,
    ).porter(dossier.portee)
    engagement.save(force_insert=True)
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
        )
        for rang, ligne in enumerate(estimation.lignes)
    )
    return engagement


def produire_accord(*, engagement_id: UUID, maintenant: datetime) -> None:
    """Typeset the agreement, keep it, tell both sides. A repeated job finds everything done, or starts again whole.

    The PDF only depends on frozen columns: made twice, it is the same; the first one kept stays.
    """
    engagement = Engagement.objects.tous("travail sur cet accord").select_related("dossier").filter(pk=engagement_id).first()
    if engagement is None or engagement.edition_id is not None or engagement.annule_le is not None:
        return
    accord = accord_de(engagement, lignes_de(engagement))
    octets = composer_accord(accord)
    with transaction.atomic():
        verrou = Engagement.objects.tous("travail sur cet accord").select_for_update(of=("self",)).get(pk=engagement_id)
        if verrou.edition_id is not None:
            return
        verrou.edition = enregistrer_edition(
            genre=GENRE_ACCORD,
            objet_id=engagement_id,
            titre=f"Accord de prise en charge n°\u00a0{engagement.numero}",
            octets=octets,
            maintenant=maintenant,
            gabarit="accord",
        )
        verrou.save(update_fields=["edition"])
        dossier = engagement.dossier
        systeme = ActeurSysteme("accord de prise en charge")
        noter("engagement.accord_produit", par=systeme, portee=engagement.portee, objet=dossier, le=maintenant)
        preparer(AccordEntreprise, dossier.id, aux_gens_de_l_entreprise(dossier, maintenant), le=maintenant)
        preparer(AccordPrestataire, dossier.id, aux_gens_du_prestataire(dossier, maintenant), le=maintenant)


def rendre_le_budget(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """When a granted request is cancelled: its agreement ends, and the yearly budget takes back what it had given."""
    del par
    accords = Engagement.objects.tous("annulation d’un dossier déjà obtenu par sa porte").select_for_update(of=("self",))
    engagement = accords.filter(dossier=dossier, annule_le__isnull=True).first()
    if engagement is None:
        return
    engagement.annule_le = maintenant
    engagement.save(update_fields=["annule_le"])
    ConsommationAnnuelle.objects.filter(siren=engagement.siren, annee=engagement.annee, enveloppe=engagement.enveloppe).update(
        montant=F("montant") - engagement.impute
    )
