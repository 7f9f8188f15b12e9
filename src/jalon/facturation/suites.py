"""What the life of a request asks of its invoices: before a cancellation, before its schedule is counted again."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.facturation.accord import deja_demande
from jalon.facturation.actions.trop_percus import constater_trop_percus
from jalon.facturation.enums import EtatFacture, GenreFacture, PosteVerse
from jalon.facturation.models import Facture
from jalon.facturation.rendus import rendus
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.montants import ZERO, euros, somme


def refuser_si_facture(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """A request that was invoiced is not cancelled. Raises TransitionImpossible."""
    del par, maintenant
    factures = Facture.objects.tous("annulation d’un dossier déjà facturé").filter(engagement__dossier_id=dossier.pk)
    if factures.exclude(etat=EtatFacture.REJETEE).exists():
        raise TransitionImpossible("Une facture a été transmise pour ce dossier\u00a0: il ne s’annule plus.")


def facture_sur_l_accord(engagement_id: UUID) -> Decimal:
    """Euros HT of the invoices not rejected that ask a payment of the schedule of an engagement, in any of its versions; where it has
    none, what all of them draw on the grant: HT to a provider, what is claimed to a company. Less what was given back."""
    engagement = Engagement.objects.tous("ce qui est payé d’un accord, avant de le recalculer").get(pk=engagement_id)
    factures = Facture.objects.tous("ce qui est payé d’un accord, avant de le recalculer").filter(engagement_id=engagement_id)
    if engagement.echelonne:
        demandees = factures.filter(echeance__isnull=False).exclude(etat=EtatFacture.REJETEE)
        verse = euros(demandees.aggregate(somme=Sum("montant_ht"))["somme"] or ZERO)
        return euros(verse - rendus([engagement_id])[engagement_id, PosteVerse.ECHEANCES])
    return somme(deja_demande(engagement, genre).ht for genre in GenreFacture)


def apres_un_recalcul(engagement: Engagement, motif: str, par: Acteur, maintenant: datetime) -> None:
    """An agreement counted again: what was paid beyond it is noted, and said to who was paid."""
    constater_trop_percus(engagement, motif, par, maintenant)
