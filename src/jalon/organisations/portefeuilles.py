"""Who must follow when an organisation changes portefeuille: upper apps register here in their AppConfig.ready()."""

from collections.abc import Callable, Sequence

Suivi = Callable[[Sequence[str]], None]
_SUIVIS: list[Suivi] = []


def declarer_suivi(suivi: Suivi) -> None:
    """Register a callable given the SIREN that changed, in the transaction of the change, by batches.

    The new portefeuille is already on the organisations: the callable copies it onto its own rows.
    """
    if suivi not in _SUIVIS:
        _SUIVIS.append(suivi)


def suivis() -> tuple[Suivi, ...]:
    """Every registered callable."""
    return tuple(_SUIVIS)
