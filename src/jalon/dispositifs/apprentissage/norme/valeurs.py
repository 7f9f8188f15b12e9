"""One value of the norm -> the text that a box would have received."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from jalon.dispositifs.base import Case
from jalon.socle.dates import PARIS, formater_date

LARGEURS = {"siret": 14, "siren": 9, "code_postal": 5, "idcc": 4, "telephone": 10, "code_diplome": 8, "uai": 8, "nir": 13}
"""Digits of numbers that lose their leading zeros when a program writes them as integers."""


class ValeurInattendue(ValueError):
    """Not of the type that the norm gives to this property; the message says what is expected."""


def texte_de(case: Case, valeur: Any) -> str:
    """The text of a value. Raises ValeurInattendue."""
    if case.choix is not None:
        return _code(case.choix.codes(), valeur)
    lire = LECTEURS.get(case.genre)
    return lire(valeur) if lire else _texte(case, valeur)


def _code(codes: list[str], valeur: Any) -> str:
    """Codes come as integers or as digit strings, with or without leading zeros."""
    if isinstance(valeur, bool) or not isinstance(valeur, (int, float, Decimal, str)):
        raise ValeurInattendue("un code de la liste est attendu")
    texte = str(valeur).strip()
    trouve = next((code for code in codes if code == texte or _nombre(code) == _nombre(texte) is not None), None)
    if trouve is None:
        raise ValeurInattendue(f"«\u00a0{texte[:20]}\u00a0» n’est pas un code de la liste ({', '.join(codes)})")
    return trouve


def _nombre(texte: str) -> int | None:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 9 else None


def _oui_non(valeur: Any) -> str:
    if not isinstance(valeur, bool):
        raise ValeurInattendue("true ou false est attendu")
    return "oui" if valeur else "non"


def _date(valeur: Any) -> str:
    """A day, or an instant. An instant in UTC is the day it falls on in Paris; with another offset, the day as it is written."""
    if not isinstance(valeur, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", valeur.strip()):
        raise ValeurInattendue("une date AAAA-MM-JJ est attendue")
    try:
        instant = datetime.fromisoformat(valeur.strip())
    except ValueError:
        raise ValeurInattendue("cette date n’existe pas au calendrier") from None
    if instant.utcoffset() == UTC.utcoffset(None):
        instant = instant.astimezone(PARIS)
    return formater_date(instant.date())


def _montant(valeur: Any) -> str:
    if isinstance(valeur, bool) or not isinstance(valeur, (int, float, Decimal, str)):
        raise ValeurInattendue("un montant est attendu")
    try:
        montant = Decimal(str(valeur).strip().replace(",", "."))
    except InvalidOperation:
        raise ValeurInattendue("un montant est attendu, par exemple 1867.02") from None
    if not montant.is_finite():
        raise ValeurInattendue("un montant est attendu, par exemple 1867.02")
    return f"{montant:f}"


def _entier(valeur: Any) -> str:
    if isinstance(valeur, (float, Decimal)) and valeur == valeur // 1:
        valeur = int(valeur)
    if isinstance(valeur, bool) or not isinstance(valeur, (int, str)) or not re.fullmatch(r"\s*\d{1,9}\s*", str(valeur)):
        raise ValeurInattendue("un nombre entier est attendu")
    return str(valeur).strip()


def _texte(case: Case, valeur: Any) -> str:
    if isinstance(valeur, int) and not isinstance(valeur, bool) and case.genre not in {"texte", "courriel"}:
        return str(valeur).zfill(LARGEURS.get(case.genre, 0))
    if not isinstance(valeur, str):
        raise ValeurInattendue("un texte est attendu")
    return valeur


LECTEURS: dict[str, Callable[[Any], str]] = {
    "oui_non": _oui_non,
    "date": _date,
    "montant": _montant,
    "taux": _montant,
    "entier": _entier,
}
