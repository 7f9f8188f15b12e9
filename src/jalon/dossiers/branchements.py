"""What upper apps register here in their AppConfig.ready(): yearly consumption, what follows a reception or a cancellation, the
agreement, who reads a request exceptionally."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Acteur
from jalon.socle.montants import ZERO

Consommation = Callable[[str, int, str], Decimal]
Suite = Callable[[Dossier, Acteur, datetime], None]
Reception = Callable[[Dossier, datetime], None]
Attribution = Callable[..., object]
Accord = Callable[[Dossier, Acteur], bytes | None]
LectureExceptionnelle = Callable[[UUID, ActeurPersonne, datetime], ActeurPersonne | None]


class _Branchements:
    consommation: Consommation | None = None
    annulations: tuple[Suite, ...] = ()
    receptions: tuple[Reception, ...] = ()
    attribution: Attribution | None = None
    accord: Accord | None = None
    exception: LectureExceptionnelle | None = None


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


def declarer_accord(lire: Accord) -> None:
    """Register who holds the typeset agreement of a request."""
    _Branchements.accord = staticmethod(lire)


def accord_de(dossier: Dossier, acteur: Acteur) -> bytes | None:
    """The agreement of a request as a PDF, when there is one that the actor may read."""
    return _Branchements.accord(dossier, acteur) if _Branchements.accord else None


def declarer_lecture_exceptionnelle(lecteur: LectureExceptionnelle) -> None:
    """Register who knows the requests that somebody of the OPCO opened out of her portefeuilles."""
    _Branchements.exception = staticmethod(lecteur)


def lecteur_de(dossier_id: UUID, par: Acteur, maintenant: datetime) -> Acteur:
    """The same person, who may also read that request while she holds it open exceptionally; for that request alone."""
    if _Branchements.exception is None or not isinstance(par, ActeurPersonne):
        return par
    return _Branchements.exception(dossier_id, par, maintenant) or par
