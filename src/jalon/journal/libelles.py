"""Sentences of the events, declared by the app that writes them."""

from collections.abc import Mapping
from string import Formatter

_LIBELLES: dict[str, str] = {}


def declarer(libelles: Mapping[str, str]) -> None:
    """Register « code » -> sentence; `{acteur}` and the keys of `details` may be used.

    Raises ValueError when another app has given the same code another sentence.
    """
    for code, libelle in libelles.items():
        if _LIBELLES.setdefault(code, libelle) != libelle:
            raise ValueError(f"événement déclaré deux fois : {code}")


def details_attendus(code: str) -> frozenset[str]:
    """What the sentence of an event says besides who acted. Raises LookupError when no sentence was declared for the code."""
    if code not in _LIBELLES:
        raise LookupError(f"événement non déclaré : {code}")
    return frozenset(nom for _, nom, _, _ in Formatter().parse(_LIBELLES[code]) if nom) - {"acteur"}


class _Absent(dict[str, object]):
    def __missing__(self, cle: str) -> str:
        return "…"


def phrase(code: str, acteur: str, details: Mapping[str, object]) -> str:
    """The sentence shown in histories; an event whose code has left the product keeps its code as sentence."""
    return _LIBELLES.get(code, f"{code} ({{acteur}})").format_map(_Absent(details, acteur=acteur))
