"""What upper apps register here in their AppConfig.ready(): what follows an official file imported, or a dispositif set otherwise."""

from collections.abc import Callable
from datetime import date, datetime

from jalon.referentiels.enums import ReferentielOfficiel

SuiteDImport = Callable[[ReferentielOfficiel, datetime], None]
SuiteDeReglage = Callable[[str, date, datetime], None]


class _Suites:
    imports: tuple[SuiteDImport, ...] = ()
    reglages: tuple[SuiteDeReglage, ...] = ()


def declarer_suite_d_import(suite: SuiteDImport) -> None:
    """Register what follows an import, in its transaction."""
    if suite not in _Suites.imports:
        _Suites.imports = (*_Suites.imports, suite)


def declarer_suite_de_reglage(suite: SuiteDeReglage) -> None:
    """Register what follows a new setting of a dispositif (its code, its first day), in its transaction."""
    if suite not in _Suites.reglages:
        _Suites.reglages = (*_Suites.reglages, suite)


def suivre_l_import(referentiel: ReferentielOfficiel, maintenant: datetime) -> None:
    """Everything registered."""
    for suite in _Suites.imports:
        suite(referentiel, maintenant)


def suivre_le_reglage(dispositif: str, du: date, maintenant: datetime) -> None:
    """Everything registered."""
    for suite in _Suites.reglages:
        suite(dispositif, du, maintenant)
