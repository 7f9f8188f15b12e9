"""What was asked of the payments of a schedule, and of the costs beside it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from jalon.dispositifs.base import Echeance
from jalon.engagements.models import EcheanceEngagement, Engagement, LigneEngagement
from jalon.engagements.requetes import echeances_en_vigueur, lignes_de
from jalon.facturation.debuts import debut_de
from jalon.facturation.enums import EtatFacture, GenreFacture, PosteVerse
from jalon.facturation.models import Facture
from jalon.facturation.regles.echeances import Demande, SuiviEcheancier, suivre
from jalon.facturation.rendus import Rendus, rendus
from jalon.socle.montants import ZERO, euros, somme


def suivis(engagements: Sequence[UUID], jour: date, rendu: Rendus | None = None) -> dict[UUID, SuiviEcheancier]:
    """Where each payment stands, for agreements already obtained that have a schedule. Three queries; two when
    what was given back is already read."""
    echeances: dict[UUID, list[Echeance]] = defaultdict(list)
    for ligne in echeances_en_vigueur(engagements):
        echeances[ligne.engagement_id].append(ligne.figee)
    if not echeances:
        return {}
    siennes, anterieures = _demandes(list(echeances), rendus(echeances) if rendu is None else rendu)
    return {cle: suivre(liste, siennes[cle], anterieures[cle], jour) for cle, liste in echeances.items()}


def suivi_de(engagement: Engagement, jour: date) -> SuiviEcheancier | None:
    """Where each payment of an agreement already obtained stands; None without a schedule. The first one of a recent CFA may open later."""
    if not engagement.echelonne:
        return None
    debut = debut_de(engagement, jour)
    echeances = [e.figee for e in echeances_en_vigueur([engagement.pk])]
    siennes, anterieures = _demandes([engagement.pk], rendus([engagement.pk]))
    ouvertes = [replace(e, date_ouverture=debut.ouverture(e)) for e in echeances]
    return suivre(ouvertes, siennes[engagement.pk], anterieures[engagement.pk], jour) if ouvertes else None


def _demandes(engagements: Sequence[UUID], rendu: Rendus) -> tuple[dict[UUID, dict[int, Demande]], dict[UUID, Demande]]:
    """Of the payments in force, by number; of those of the versions before, together, less what was given back: only these can have been
    paid in excess."""
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
    for (cle, poste), retour in rendu.items():
        if poste == PosteVerse.ECHEANCES:
            anterieures[cle] = Demande(euros(anterieures[cle].regle - retour), anterieures[cle].en_cours)
    return siennes, anterieures


def annexes_accordees(lignes: Iterable[LigneEngagement]) -> Decimal:
    """Euros HT granted to the provider beside the schedule, among the lines of an agreement; the rest are the company's own expenses."""
    return somme(ligne.montant_ht for ligne in lignes if ligne.annexe and ligne.soumise_a_tva)


def annexes_demandees(engagements: Sequence[UUID], rendu: Rendus | None = None) -> dict[UUID, Decimal]:
    """Euros HT of the provider's invoices not rejected that ask no payment of the schedule, less what was given back, by agreement."""
    factures = Facture.objects.tous("frais annexes déjà facturés, jamais plus que l’accord")
    sommes = (
        factures.filter(engagement__in=list(engagements), echeance__isnull=True, genre=GenreFacture.FACTURE)
        .exclude(etat=EtatFacture.REJETEE)
        .order_by()
        .values_list("engagement_id")
        .annotate(ht=Sum("montant_ht"))
    )
    retours = rendus(engagements) if rendu is None else rendu
    return defaultdict(lambda: ZERO, {cle: euros(ht - retours[cle, PosteVerse.ANNEXES]) for cle, ht in sommes})


def reste_des_annexes(engagement: Engagement) -> Decimal:
    """Euros HT of annex costs that can still be asked, on an agreement already obtained."""
    return max(ZERO, euros(annexes_accordees(lignes_de(engagement)) - annexes_demandees([engagement.pk])[engagement.pk]))


def quelque_chose_d_ouvert(jour: date) -> Q:
    """Agreements with a schedule of which a payment is open that day and not wholly asked, or annex costs are left.

    A filter that lets few others in: `suivre` counts payment by payment.
    """
    ouvertes = EcheanceEngagement.objects.filter(
        engagement=OuterRef("pk"), remplacee_le__isnull=True, date_ouverture__lte=jour
    ).filter(Q(perdu_apres__isnull=True) | Q(perdu_apres__gte=jour))
    annexes = LigneEngagement.objects.filter(
        engagement=OuterRef("pk"), remplacee_le__isnull=True, annexe=True, soumise_a_tva=True
    )
    factures = Facture.objects.tous("ce qui est déjà facturé d’un échéancier").filter(engagement=OuterRef("pk"))
    factures = factures.exclude(etat=EtatFacture.REJETEE)
    des_echeances, des_annexes = (
        GreaterThan(_somme(accordees, colonne), _somme(factures.filter(echeance__isnull=seules), "montant_ht"))
        for accordees, colonne, seules in ((ouvertes, "montant", False), (annexes, "montant_ht", True))
    )
    return Q(echelonne=True) & (Q(des_echeances) | Q(des_annexes))


def _somme(lignes: QuerySet[Any], colonne: str) -> Combinable:
    totaux = lignes.order_by().values("engagement").annotate(somme=Sum(colonne)).values("somme")
    return Coalesce(Subquery(totaux), ZERO, output_field=DecimalField())
