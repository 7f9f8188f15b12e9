"""Engaging what was granted, giving back what was cancelled."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from jalon.dispositifs.base import Estimation
from jalon.dossiers.models import Dossier
from jalon.engagements.actions.commun import TACHE_ACCORD, copier_le_detail, exiger_juste, montants_de
from jalon.engagements.models import ConsommationAnnuelle, Engagement
from jalon.engagements.requetes import echeances_en_vigueur
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.montants import euros, formater_montant
from jalon.socle.travaux import differer


def engager(*, dossier: Dossier, estimation: Estimation, commentaire: str = "", par: Acteur, maintenant: datetime) -> Engagement:
    """Copy the grant of a request that the caller has locked and judged, take it from the yearly budget, queue the agreement.

    `estimation` carries the granted amounts. The budget row is locked: two grants at once never pass the ceiling together.
    Raises: SaisieRefusee (nothing granted), TransitionImpossible (engaged already, or the yearly budget is not enough), ValueError
    (a schedule that does not sum to the grant).
    """
    if estimation.total_ht <= 0:
        raise SaisieRefusee("Accordez au moins une ligne, ou refusez la demande", champ="montants")
    exiger_juste(estimation)
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
        enveloppe=estimation.enveloppe,
        annee=estimation.annee,
        impute=estimation.impute if estimation.enveloppe else 0,
        commentaire=commentaire,
        echelonne=bool(estimation.echeances),
        **montants_de(estimation),
    ).porter(dossier.portee)
    engagement.save(force_insert=True)
    copier_le_detail(engagement, estimation)
    return engagement


def rendre_le_budget(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """When a granted request is cancelled: its agreement and its payments end, the yearly budget takes back what it had given."""
    del par
    accords = Engagement.objects.tous("annulation d’un dossier déjà obtenu par sa porte").select_for_update(of=("self",))
    engagement = accords.filter(dossier=dossier, annule_le__isnull=True).first()
    if engagement is None:
        return
    engagement.annule_le = maintenant
    engagement.save(update_fields=["annule_le"])
    echeances_en_vigueur([engagement.pk]).update(remplacee_le=maintenant)
    ConsommationAnnuelle.objects.filter(siren=engagement.siren, annee=engagement.annee, enveloppe=engagement.enveloppe).update(
        montant=F("montant") - engagement.impute
    )
