"""What the life of a request asks of its invoices: before a cancellation, before its schedule is counted again."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from jalon.dossiers.models import Dossier
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.montants import ZERO, euros


def refuser_si_facture(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """A request that was invoiced is not cancelled. Raises TransitionImpossible."""
    del par, maintenant
    factures = Facture.objects.tous("annulation d’un dossier déjà facturé").filter(engagement__dossier_id=dossier.pk)
    if factures.exclude(etat=EtatFacture.REJETEE).exists():
        raise TransitionImpossible("Une facture a été transmise pour ce dossier\u00a0: il ne s’annule plus.")


def facture_sur_les_echeances(engagement_id: UUID) -> Decimal:
    """Euros HT of the invoices not rejected that ask a payment of the schedule of an engagement, in any of its versions."""
    factures = Facture.objects.tous("ce qui est payé d’un échéancier, avant de le recalculer")
    demandees = factures.filter(engagement_id=engagement_id, echeance__isnull=False).exclude(etat=EtatFacture.REJETEE)
    return euros(demandees.aggregate(somme=Sum("montant_ht"))["somme"] or ZERO)
