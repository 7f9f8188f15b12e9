"""What upper apps register here in their AppConfig.ready(): what was already invoiced, what follows an agreement counted again."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from jalon.engagements.models import Engagement
from jalon.socle.acteurs import Acteur
from jalon.socle.montants import ZERO

Facture = Callable[[UUID], Decimal]
Recalcul = Callable[[Engagement, str, Acteur, datetime], None]


class _Branchements:
    facture: Facture | None = None
    recalculs: tuple[Recalcul, ...] = ()


def declarer_facture(lire: Facture) -> None:
    """Register who knows the euros HT invoiced and not rejected on the payments of an engagement, in all versions; on all its lines
    where it has no schedule."""
    _Branchements.facture = staticmethod(lire)


def deja_facture(engagement_id: UUID) -> Decimal:
    """Euros HT paid, or being paid, on the payments of an engagement, or on its lines."""
    return _Branchements.facture(engagement_id) if _Branchements.facture else ZERO


def declarer_recalcul(suite: Recalcul) -> None:
    """Register what follows an agreement counted again, in its transaction, with the reason that was written."""
    if suite not in _Branchements.recalculs:
        _Branchements.recalculs = (*_Branchements.recalculs, suite)


def apres_un_recalcul(engagement: Engagement, motif: str, par: Acteur, maintenant: datetime) -> None:
    """Everything registered."""
    for suite in _Branchements.recalculs:
        suite(engagement, motif, par, maintenant)
