"""What a CFA has to prove before its first payments, on one agreement."""

from datetime import date

from jalon.engagements.models import Engagement
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import DeclarationActivite, Facture
from jalon.facturation.regles.debut import SANS_CONDITION, DebutDuCfa, debut_du_cfa


def debut_de(engagement: Engagement, jour: date) -> DebutDuCfa:
    """On an agreement already obtained, paid by a schedule; one query, and two more for a recent CFA."""
    if not engagement.echelonne:
        return SANS_CONDITION
    declaree = DeclarationActivite.objects.filter(siren=engagement.prestataire_siren).first()
    if declaree is None:
        return SANS_CONDITION
    jointes = Facture.objects.tous("preuve de début d’un contrat, une fois pour toutes").filter(
        engagement_id=engagement.pk, attestation_debut__isnull=False
    )
    return debut_du_cfa(
        declaree.enregistree_le,
        differe=declaree.differe,
        attestee=jointes.exclude(etat=EtatFacture.REJETEE).exists(),
        debut=engagement.dossier.date_debut,
        jour=jour,
    )


def declaration_de(siren: str) -> DeclarationActivite | None:
    """What the OPCO noted of a provider."""
    return DeclarationActivite.objects.filter(siren=siren).first()
