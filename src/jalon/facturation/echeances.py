"""What was asked of the payments of a schedule, and of the costs beside it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from jalon.dispositifs.base import Echeance
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_en_vigueur, lignes_en_vigueur
from jalon.facturation.enums import EtatFacture, GenreFacture
from jalon.facturation.models import Facture
from jalon.facturation.regles.echeances import Demande, SuiviEcheancier, suivre
from jalon.socle.montants import ZERO, euros, somme


def suivis(engagements: Sequence[UUID], jour: date) -> dict[UUID, SuiviEcheancier]:
    """Where each payment stands, for the agreements already obtained that have a schedule. Two queries; one when none has."""
    echeances: dict[UUID, list[Echeance]] = defaultdict(list)
    for ligne in echeances_en_vigueur(engagements):
        echeances[ligne.engagement_id].append(ligne.figee)
    if not echeances:
        return {}
    siennes, anterieures = _demandes(list(echeances))
    return {cle: suivre(liste, siennes[cle], anterieures[cle], jour) for cle, liste in echeances.items()}


def suivi_de(engagement: Engagement, jour: date) -> SuiviEcheancier | None:
    """Where each payment of an agreement already obtained stands; None without a schedule."""
    return suivis([engagement.pk], jour).get(engagement.pk)


def _demandes(engagements: Sequence[UUID]) -> tuple[dict[UUID, dict[int, Demande]], dict[UUID, Demande]]:
    """Of the payments in force, by number; of those of the versions before, together."""
    siennes: dict[UUID, dict[int, Demande]] = defaultdict(dict)
    anterieures: dict[UUID, Demande] = defaultdict(Demande)
    factures = Facture.objects.tous("ce qui est demandé de chaque échéance, jamais plus que son montant")
    regle, pas_encore = Q(etat=EtatFacture.REGLEE), ~Q(etat=EtatFacture.REGLEE)
    sommes = (
        factures.filter(engagement__in=list(engagements), echeance__isnull=False)
        .exclude(etat=EtatFacture.REJETEE)
        .order_by()
        .values_list("engagement_id", "echeance__numero", "echeance__remplacee_le")
        .annotate(regle=Sum("montant_ht", filter=regle), en_cours=Sum("montant_ht", filter=pas_encore))
    )
    for cle, numero, remplacee_le, montant_regle, en_cours in sommes:
        demande = Demande(euros(montant_regle or ZERO), euros(en_cours or ZERO))
        if remplacee_le is None:
            siennes[cle][numero] = demande
        else:
            avant = anterieures[cle]
            anterieures[cle] = Demande(avant.regle + demande.regle, avant.en_cours + demande.en_cours)
    return siennes, anterieures


def annexes_accordees(engagement: Engagement) -> Decimal:
    """Euros HT granted beside the schedule."""
    return somme(ligne.montant_ht for ligne in lignes_en_vigueur([engagement.pk]) if ligne.annexe)


def annexes_demandees(engagement: Engagement) -> Decimal:
    """Euros HT of the provider's invoices not rejected that ask no payment of the schedule."""
    return _annexes_demandees([engagement.pk])[engagement.pk]


def _annexes_demandees(engagements: Sequence[UUID]) -> dict[UUID, Decimal]:
    factures = Facture.objects.tous("frais annexes déjà facturés, jamais plus que l’accord")
    sommes = (
        factures.filter(engagement__in=list(engagements), echeance__isnull=True, genre=GenreFacture.FACTURE)
        .exclude(etat=EtatFacture.REJETEE)
        .order_by()
        .values_list("engagement_id")
        .annotate(ht=Sum("montant_ht"))
    )
    return defaultdict(lambda: ZERO, {cle: euros(ht) for cle, ht in sommes})
