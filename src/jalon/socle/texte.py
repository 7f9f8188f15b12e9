"""Text for searching and sorting: no accents, lower case, single spaces."""

import re
import unicodedata


def normaliser(texte: str) -> str:
    """« L'Été  à Nîmes » -> « l ete a nimes »: what is searched and sorted is built in Python, not in SQL."""
    remplace = texte.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("ß", "ss")
    sans_accent = "".join(c for c in unicodedata.normalize("NFKD", remplace) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", sans_accent.lower()))
