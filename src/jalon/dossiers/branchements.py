"""What upper apps register here in their AppConfig.ready(): yearly consumption, and what follows a cancellation."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Acteur
from jalon.socle.montants import ZERO

Consommation = Callable[[str, int, str], Decimal]
Suite = Callable[[Dossier, Acteur, datetime], None]


class _Branchements:
    consommation: Consommation | None = None
    annulations: tuple[Suite, ...] = ()


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
