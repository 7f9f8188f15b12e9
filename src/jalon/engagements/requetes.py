"""Reading agreements, and what is left of yearly budgets."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from jalon.dossiers.models import Dossier
from jalon.editions.models import Edition
from jalon.editions.requetes import lire_edition
from jalon.engagements.models import ConsommationAnnuelle, EcheanceEngagement, Engagement, LigneEngagement
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable
from jalon.socle.montants import ZERO

GENRE_ACCORD = "accord"


def consommation(siren: str, annee: int, enveloppe: str) -> Decimal:
    """Euros HT already engaged for a company in a year from an envelope."""
    trouvee = ConsommationAnnuelle.objects.filter(siren=siren, annee=annee, enveloppe=enveloppe)
    return trouvee.values_list("montant", flat=True).first() or ZERO


def engagement_accessible(engagement_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Engagement:
    """The agreement, if the actor may read it. Raises Introuvable."""
    visibles = Engagement.objects.visibles_par(acteur).filter(pk=engagement_id)
    trouve: Engagement | None = (visibles.select_for_update(of=("self",)) if verrou else visibles).first()
    if trouve is None:
        raise Introuvable("Nous ne trouvons pas cet accord.")
    return trouve


def engagement_de(dossier: Dossier, acteur: Acteur) -> Engagement | None:
    """The agreement of a request, if there is one and the actor may read it."""
    return Engagement.objects.visibles_par(acteur).filter(dossier=dossier).select_related("edition").first()


def lignes_en_vigueur(engagements: Iterable[UUID]) -> QuerySet[LigneEngagement]:
    """Lines that count today, of agreements already obtained, in the order of the request."""
    return LigneEngagement.objects.filter(engagement__in=list(engagements), remplacee_le__isnull=True).order_by("rang")


def echeances_en_vigueur(engagements: Iterable[UUID]) -> QuerySet[EcheanceEngagement]:
    """Payments that count today, of agreements already obtained, in order of date."""
    en_vigueur = EcheanceEngagement.objects.filter(engagement__in=list(engagements), remplacee_le__isnull=True)
    return en_vigueur.order_by("numero")


def lignes_de(engagement: Engagement) -> list[LigneEngagement]:
    """Lines of an agreement already obtained, in the order of the request."""
    return list(lignes_en_vigueur([engagement.pk]))


def lignes_du_premier_accord(engagement: Engagement) -> list[LigneEngagement]:
    """Lines of the first grant of an agreement already obtained, whatever it was counted again since."""
    lignes = list(LigneEngagement.objects.filter(engagement=engagement).order_by("rang"))
    premiere = min((ligne.remplacee_le for ligne in lignes if ligne.remplacee_le), default=None)
    return [ligne for ligne in lignes if ligne.remplacee_le == premiere]


def echeances_de(engagement: Engagement) -> list[EcheanceEngagement]:
    """The schedule of an agreement already obtained; empty where the law sets none."""
    return list(echeances_en_vigueur([engagement.pk])) if engagement.echelonne else []


def genre_de_l_edition(engagement: Engagement) -> str:
    """Each version of the amounts has its agreement."""
    return GENRE_ACCORD if engagement.version == 1 else f"{GENRE_ACCORD}-{engagement.version}"


def accord_pdf(engagement_id: UUID, acteur: Acteur) -> tuple[Edition, bytes]:
    """The typeset agreement. Raises Introuvable (unknown, out of the perimeter, or not produced yet)."""
    engagement = engagement_accessible(engagement_id, acteur)
    if engagement.edition is None:
        raise Introuvable("L’accord de prise en charge est en préparation. Revenez dans quelques minutes.")
    return engagement.edition, lire_edition(engagement.edition)


def accord_du_dossier(dossier: Dossier, acteur: Acteur) -> bytes | None:
    """The agreement in force of a request as a PDF; None: not granted, out of the perimeter, or not produced yet."""
    engagement = engagement_de(dossier, acteur)
    return lire_edition(engagement.edition) if engagement is not None and engagement.edition is not None else None
