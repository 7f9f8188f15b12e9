"""What every write about an invoice shares: the order of the locks, the line of the journal, the totals of the request."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from jalon.dossiers.actions import reporter_montants
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture, TropPercu
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur
from jalon.socle.montants import ZERO, euros


def verrouiller_dossier(dossier_id: UUID) -> Dossier:
    """Lock the request first, always: cancelling it, invoicing it and paying it wait for one another."""
    dossiers = Dossier.objects.tous("verrou du dossier avant de compter ce qui est facturé ou payé")
    dossier: Dossier = dossiers.select_for_update(of=("self",)).defer("recherche").get(pk=dossier_id)
    return dossier


def verrouiller_facture(facture: Facture) -> tuple[Dossier, Facture]:
    """Lock request, engagement and invoice, in that order, for an invoice already reached by its door."""
    dossier = verrouiller_dossier(facture.engagement.dossier_id)
    Engagement.objects.tous("verrou de l’accord facturé").select_for_update(of=("self",)).get(pk=facture.engagement_id)
    factures = Facture.objects.tous("relue sous le verrou de son dossier").select_for_update(of=("self",))
    relue: Facture = factures.get(pk=facture.pk)
    relue.engagement = facture.engagement
    return dossier, relue


def totaux(dossier_id: UUID) -> tuple[Decimal, Decimal]:
    """Euros asked by the invoices not rejected, and euros paid, on one request, less what was given back."""
    factures = Facture.objects.tous("totaux reportés sur le dossier").filter(engagement__dossier_id=dossier_id)
    sommes = factures.aggregate(
        facture=Sum("montant_a_payer", filter=~Q(etat=EtatFacture.REJETEE)),
        paye=Sum("montant_a_payer", filter=Q(etat=EtatFacture.REGLEE)),
    )
    rendu = TropPercu.objects.tous("totaux reportés sur le dossier").filter(engagement__dossier_id=dossier_id)
    retour = rendu.aggregate(somme=Sum("recu"))["somme"] or ZERO
    return euros((sommes["facture"] or ZERO) - retour), euros((sommes["paye"] or ZERO) - retour)


def reporter(dossier_id: UUID, maintenant: datetime) -> None:
    """Copy the totals onto the request, already locked."""
    facture, paye = totaux(dossier_id)
    reporter_montants(dossier_id=dossier_id, facture=facture, paye=paye, maintenant=maintenant)


def noter_facture(code: str, facture: Facture, dossier: Dossier, par: Acteur, maintenant: datetime, **details: object) -> None:
    """One line, hung on the request so that its timeline tells it; the invoice is named in the details."""
    noter(
        code,
        par=par,
        portee=facture.portee,
        objet=dossier,
        le=maintenant,
        details={"facture": str(facture.pk), "numero": facture.numero, **details},
    )
