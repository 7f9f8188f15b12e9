"""What upper apps register here in their AppConfig.ready(): what follows the answer of the antivirus on a document."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Suite = Callable[[UUID, datetime], None]


class _Suites:
    analyses: tuple[Suite, ...] = ()


def declarer_suite_d_analyse(suite: Suite) -> None:
    """Register what follows, in the transaction that writes the answer."""
    if suite not in _Suites.analyses:
        _Suites.analyses = (*_Suites.analyses, suite)


def suites_d_analyse() -> tuple[Suite, ...]:
    """Everything registered."""
    return _Suites.analyses
