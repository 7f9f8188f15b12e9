"""Sentences of the events, declared by the app that writes them."""

from collections.abc import Mapping

_LIBELLES: dict[str, str] = {}


def declarer(libelles: Mapping[str, str]) -> None:
    """Register « code » -> sentence; `{acteur}` and the keys of `details` may be used."""
    _LIBELLES.update(libelles)


def declares() -> Mapping[str, str]:
    """Every declared sentence."""
    return dict(_LIBELLES)


class _Absent(dict[str, object]):
    def __missing__(self, cle: str) -> str:
        return "…"


def phrase(code: str, acteur: str, details: Mapping[str, object]) -> str:
    """The sentence shown in histories."""
    return _LIBELLES[code].format_map(_Absent(details, acteur=acteur))
