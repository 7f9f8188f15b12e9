"""What upper apps register here in their AppConfig.ready(): yearly consumption, what follows a reception or a cancellation."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from jalon.socle.montants import ZERO

Consommation = Callable[[str, int, str], Decimal]
Suite = Callable[[Dossier, Acteur, datetime], None]
Reception = Callable[[Dossier, datetime], None]
Attribution = Callable[..., object]


class _Branchements:
    consommation: Consommation | None = None
    annulations: tuple[Suite, ...] = ()
    receptions: tuple[Reception, ...] = ()
    attribution: Attribution | None = None


def declarer_consommation(lire: Consommation) -> None:
    """Register who knows the euros HT engaged for (SIREN, year, envelope)."""
    _Branchements.consommation = staticmethod(lire)


def consommation(siren: str, annee: int, enveloppe: str) -> Decimal:
    """Euros HT already engaged."""
    return _Branchements.consommation(siren, annee, enveloppe) if _Branchements.consommation else ZERO


def declarer_annulation(suite: Suite) -> None:
    """Register what follows a cancellation, in its transaction; it may refuse by raising TransitionImpossible."""
    if suite not in _Branchements.annulations:
        _Branchements.annulations = (*_Branchements.annulations, suite)


def suites_de_l_annulation() -> tuple[Suite, ...]:
    """Everything registered."""
    return _Branchements.annulations


def declarer_reception(suite: Reception) -> None:
    """Register what follows the reception of a request or of its complement, in its transaction."""
    if suite not in _Branchements.receptions:
        _Branchements.receptions = (*_Branchements.receptions, suite)


def suites_de_la_reception() -> tuple[Reception, ...]:
    """Everything registered."""
    return _Branchements.receptions


def declarer_attribution(attribuer: Attribution) -> None:
    """Register who gives a request to an adviser."""
    _Branchements.attribution = staticmethod(attribuer)


def attribuer(dossier_id: UUID, beneficiaire: UUID | None, par: Acteur, maintenant: datetime) -> None:
    """Give a request to an adviser. Raises LookupError when nothing was registered, and what the action raises."""
    if _Branchements.attribution is None:
        raise LookupError("attribution non déclarée")
    _Branchements.attribution(dossier_id=dossier_id, conseiller_id=beneficiaire, par=par, maintenant=maintenant)
