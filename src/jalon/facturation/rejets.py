"""Invoices that the OPCO refused and that no other has replaced."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from jalon.facturation.enums import EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.socle.acteurs import Acteur, Niveau

RANG_DE_L_ECHEANCE = Coalesce(F("echeance__numero"), 0)
"""The payment that an invoice asks; 0 when there is no schedule, or for annex costs."""


def factures_a_corriger(acteur: Acteur) -> QuerySet[Facture]:
    """Those of the sides for which the actor sends invoices; what its sender withdrew is not one of them."""
    suivantes = Facture.objects.tous("facture envoyée depuis à la place d’une facture refusée").filter(
        engagement=OuterRef("engagement"), genre=OuterRef("genre"), deposee_le__gt=OuterRef("deposee_le")
    )
    suivantes = suivantes.annotate(rang=RANG_DE_L_ECHEANCE).filter(rang=OuterRef("rang"))
    refusees: QuerySet[Facture] = Facture.objects.visibles_par(acteur, Niveau.ENVOI)
    return (
        refusees.annotate(rang=RANG_DE_L_ECHEANCE)
        .filter(etat=EtatFacture.REJETEE)
        .exclude(motif_rejet=MotifRejet.ANNULEE_EMETTEUR)
        .exclude(Exists(suivantes))
    )
