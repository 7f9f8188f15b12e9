"""What upper apps register here in their AppConfig.ready(): what was already invoiced on a schedule."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from jalon.socle.montants import ZERO

Facture = Callable[[UUID], Decimal]


class _Branchements:
    facture: Facture | None = None


def declarer_facture(lire: Facture) -> None:
    """Register who knows the euros HT invoiced and not rejected on the payments of an engagement, in all versions."""
    _Branchements.facture = staticmethod(lire)


def deja_facture(engagement_id: UUID) -> Decimal:
    """Euros HT paid, or being paid, on the payments of an engagement."""
    return _Branchements.facture(engagement_id) if _Branchements.facture else ZERO
