"""Text for searching and sorting: no accents, lower case, single spaces. Numbers written in addresses."""

import re
import unicodedata

_SANS_DECOMPOSITION = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)


CHIFFRES_AU_PLUS = 9


def normaliser(texte: str) -> str:
    """« L'Été  à Nîmes » -> « l ete a nimes »: what is searched and sorted is built in Python, not in SQL."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_SANS_DECOMPOSITION))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", sans_accent.lower()))


def entier_ou(texte: str, defaut: int) -> int:
    """The natural number written in a parameter of an address; `defaut` when there is none, or an absurd one."""
    return int(texte) if texte.isdecimal() and len(texte) <= CHIFFRES_AU_PLUS else defaut
