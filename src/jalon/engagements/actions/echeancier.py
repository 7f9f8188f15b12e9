"""An agreement counted again: a rupture, an avenant, a level that the branch publishes later."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from jalon.dispositifs.base import Echeance, Estimation, reste_a_verser
from jalon.dossiers.actions import reporter_accord
from jalon.engagements.actions.commun import TACHE_ACCORD, copier_le_detail, exiger_juste, montants_de
from jalon.engagements.branchements import apres_un_recalcul, deja_facture
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de, echeances_en_vigueur, lignes_de, lignes_en_vigueur
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.montants import ZERO, euros, formater_montant, somme
from jalon.socle.travaux import differer

LONGUEUR_MOTIF = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EcheancierRepris:
    """The engagement as it is now. `deja_verse`: invoiced on its payments and not rejected, paid or not yet.

    `a_verser`: what is left of each payment. `trop_verse`: to be taken back from who was paid.
    Where there is a schedule, `deja_verse` + sum of `a_verser` − `trop_verse` = its sum. `change`: a version was written.
    """

    engagement: Engagement
    deja_verse: Decimal
    a_verser: tuple[Echeance, ...]
    trop_verse: Decimal
    change: bool


def reprendre_echeancier(
    *, engagement: Engagement, estimation: Estimation, motif: str, par: Acteur, maintenant: datetime
) -> EcheancierRepris:
    """Replace the lines, the schedule and the amounts of an engagement by those of a contract counted again.

    The caller has locked the request and judged who may do it. The whole schedule is written as if nothing were paid: what was
    paid, or is being paid, stays on its invoices and counts for the earliest payments. Counted again the same, nothing is written.
    Who is paid, and the VAT, stay those of the first agreement (complements.md §5.5). Without a schedule, the lines alone follow.
    Raises: SaisieRefusee (no reason), TransitionImpossible (cancelled, cannot be counted, a schedule on one side only), ValueError (a
    schedule that does not sum to the grant).
    """
    raison = _lire_motif(motif)
    if not estimation.lignes:
        raise TransitionImpossible(" ".join(["Le nouveau montant ne se calcule pas.", *estimation.avertissements]))
    exiger_juste(estimation)
    with transaction.atomic():
        accords = Engagement.objects.tous("échéancier d’un dossier déjà verrouillé et jugé").select_for_update(of=("self",))
        actuel: Engagement = accords.get(pk=engagement.pk)
        if actuel.annule_le is not None:
            raise TransitionImpossible("Cet accord est annulé\u00a0: son échéancier ne se recalcule plus.")
        if not actuel.echelonne and estimation.echeances:
            raise TransitionImpossible("Cet accord n’a pas d’échéancier\u00a0: il se paie après la formation.")
        if actuel.echelonne != bool(estimation.echeances):
            raise TransitionImpossible(" ".join(["Le nouvel échéancier ne se calcule pas.", *estimation.avertissements]))
        estimation = replace(
            estimation,
            mode_paiement=ModePaiement(actuel.mode_paiement),
            motif_paiement=actuel.motif_paiement,
            taux_tva=actuel.taux_tva,
        )
        change = _differe(actuel, estimation)
        if change:
            _remplacer(actuel, estimation, raison, par, maintenant)
            apres_un_recalcul(actuel, raison, par, maintenant)
    return _bilan(actuel, estimation, change)


def _lire_motif(motif: str) -> str:
    raison = " ".join(motif.split())
    if not raison:
        raise SaisieRefusee("Indiquez pourquoi l’échéancier est recalculé", champ="motif")
    if len(raison) > LONGUEUR_MOTIF:
        raise SaisieRefusee(f"Le motif comporte {LONGUEUR_MOTIF}\u00a0caractères au plus", champ="motif")
    return raison


def _differe(engagement: Engagement, estimation: Estimation) -> bool:
    """Whether a payment, a line or a total would not be the same."""
    lignes = [(x.poste, x.libelle, x.montant_demande, x.montant_ht) for x in lignes_de(engagement)]
    nouvelles = [(x.poste, x.libelle, x.montant_demande, x.montant_ht) for x in estimation.lignes]
    return (
        tuple(e.figee for e in echeances_de(engagement)) != estimation.echeances
        or lignes != nouvelles
        or engagement.montant_a_payer != estimation.a_payer
    )


def _remplacer(engagement: Engagement, estimation: Estimation, motif: str, par: Acteur, maintenant: datetime) -> None:
    """The rows in force end, those of the next version begin, the totals follow, an agreement is typeset again."""
    avant = engagement.montant_ht
    lignes_en_vigueur([engagement.pk]).update(remplacee_le=maintenant)
    echeances_en_vigueur([engagement.pk]).update(remplacee_le=maintenant)
    champs = montants_de(estimation)
    for champ, valeur in champs.items():
        setattr(engagement, champ, valeur)
    engagement.version += 1
    engagement.edition = None
    engagement.save(update_fields=[*champs, "version", "edition"])
    copier_le_detail(engagement, estimation)
    dossier = reporter_accord(
        dossier_id=engagement.dossier_id,
        accorde=engagement.montant_ht,
        a_payer=engagement.montant_a_payer,
        maintenant=maintenant,
    )
    noter(
        "engagement.echeancier_repris",
        par=par,
        portee=engagement.portee,
        objet=dossier,
        le=maintenant,
        details={
            "motif": motif,
            "version": engagement.version,
            "avant": formater_montant(avant),
            "apres": formater_montant(engagement.montant_ht),
        },
    )
    differer(TACHE_ACCORD, engagement_id=str(engagement.pk))


def _bilan(engagement: Engagement, estimation: Estimation, change: bool) -> EcheancierRepris:
    verse = deja_facture(engagement.pk)
    du = somme(e.montant for e in estimation.echeances) if estimation.echeances else estimation.total_ht
    return EcheancierRepris(
        engagement=engagement,
        deja_verse=verse,
        a_verser=tuple(reste_a_verser(estimation.echeances, verse)),
        trop_verse=max(ZERO, euros(verse - du)),
        change=change,
    )
