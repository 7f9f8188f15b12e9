"""Text for searching and sorting: no accents, lower case, single spaces."""

import re
import unicodedata

_SANS_DECOMPOSITION = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)


def normaliser(texte: str) -> str:
    """« L'Été  à Nîmes » -> « l ete a nimes »: what is searched and sorted is built in Python, not in SQL."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_SANS_DECOMPOSITION))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", sans_accent.lower()))
