"""Text as a document can print it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

POLICES = Path(__file__).parent / "polices"
REMPLACANT = "□"
MOIS_ENTIERS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def date_longue(jour: date) -> str:
    """« 1er décembre 2026 », with no-break spaces."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}\u00a0{MOIS_ENTIERS[jour.month - 1]}\u00a0{jour.year}"


def pourcentage(taux: Decimal) -> str:
    """« 20 % », « 5,5 % »."""
    texte = format(taux.normalize(), "f").replace(".", ",")
    return f"{texte}\u00a0%"


def grouper_code(code: str) -> str:
    """« XXXX-XXXX-XXXX-XX »: groups of four, whatever separators the code came with."""
    nu = re.sub(r"[^0-9A-Za-z]", "", code).upper()
    return "-".join(nu[i : i + 4] for i in range(0, len(nu), 4))


@lru_cache(maxsize=1)
def couverture() -> frozenset[str]:
    """The characters that our fonts can draw."""
    signes: set[str] = set()
    for ligne in (POLICES / "couverture.txt").read_text().split():
        debut, fin = (int(borne, 16) for borne in ligne.split("-"))
        signes.update(chr(point) for point in range(debut, fin + 1))
    return frozenset(signes)


def imprimable(texte: str) -> str:
    """Composed form, without control or direction characters; a sign that no font of ours draws becomes « □ »."""
    propre: list[str] = []
    for signe in unicodedata.normalize("NFC", texte.replace("\r\n", "\n").replace("\t", " ")):
        if signe == "\n" or (signe in couverture() and unicodedata.category(signe) not in {"Cc", "Cf"}):
            propre.append(signe)
        elif unicodedata.category(signe) not in {"Cc", "Cf", "Mn"} and propre[-1:] != [REMPLACANT]:
            propre.append(REMPLACANT)
    return "".join(propre)


def donnees_imprimables(valeur: object) -> object:
    """The same tree with every text made printable. Raises TypeError for a value that JSON does not know."""
    if isinstance(valeur, str):
        return imprimable(valeur)
    if isinstance(valeur, Mapping):
        return {str(cle): donnees_imprimables(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [donnees_imprimables(v) for v in valeur]
    if valeur is None or isinstance(valeur, bool | int):
        return valeur
    raise TypeError(f"valeur non imprimable : {type(valeur).__name__}")
