"""Who is told of large exports. `habilitations` registers the administrators of an organisation, `veille` who watches at the OPCO."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from jalon.courriers.messages import Destinataire
from jalon.socle.acteurs import Acteur

Administrateurs = Callable[[str, datetime], list[Destinataire]]


class Constat(StrEnum):
    """What the OPCO is told of."""

    GROS_EXPORT = "gros_export"
    BUDGET_DEPASSE = "budget_depasse"


Alerter = Callable[[Constat, str, str, Acteur, datetime], object]


class _Branchement:
    administrateurs: Administrateurs | None = None
    alerter: Alerter | None = None


def declarer_administrateurs(administrateurs: Administrateurs) -> None:
    """Register what gives the administrators of a SIREN, whatever its side, at an instant."""
    _Branchement.administrateurs = staticmethod(administrateurs)


def declarer_alerte(alerter: Alerter) -> None:
    """Register what tells the OPCO: the finding, a sentence, the SIREN (empty at the OPCO), who exports, when."""
    _Branchement.alerter = staticmethod(alerter)


def administrateurs_de(siren: str, maintenant: datetime) -> list[Destinataire]:
    """Those of that instant."""
    return _Branchement.administrateurs(siren, maintenant) if _Branchement.administrateurs else []


def alerter(constat: Constat, detail: str, siren: str | None, par: Acteur, maintenant: datetime) -> None:
    """Tell the OPCO, if somebody watches there."""
    if _Branchement.alerter:
        _Branchement.alerter(constat, detail, siren or "", par, maintenant)
