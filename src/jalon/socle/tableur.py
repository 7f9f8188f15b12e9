"""CSV that a spreadsheet opens and gives back: semicolons, no cell that it would compute (exigences, T8). Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

from jalon.socle.erreurs import SaisieRefusee

FORMULES = ("=", "+", "-", "@", "\t", "\r", "\0")
BOM = "\ufeff"


def neutraliser(cellule: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cellule}" if cellule.startswith(FORMULES) else cellule


def restituer(cellule: str) -> str:
    """The text that was neutralised."""
    return cellule[1:] if cellule.startswith("'") and cellule[1:].startswith(FORMULES) else cellule


def ecrire_csv(entetes: Sequence[str], lignes: Iterable[Sequence[str]]) -> str:
    """RFC 4180 with semicolons, as French spreadsheets read it, marked as UTF-8."""
    sortie = io.StringIO()
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow(entetes)
    for ligne in lignes:
        plume.writerow([neutraliser(cellule) for cellule in ligne])
    return BOM + sortie.getvalue()


def lire_csv(contenu: str) -> list[tuple[int, dict[str, str]]]:
    """(number of the line in the file, cells by heading) of every line that is not empty; semicolons, commas or tabs.

    Raises SaisieRefusee for what is no table.
    """
    lignes = lire_lignes(contenu)
    entetes = [e.lower() for e in lignes[0][1]] if lignes else []
    return [(numero, dict(zip(entetes, cellules, strict=False))) for numero, cellules in lignes[1:]]


def lire_lignes(contenu: str) -> list[tuple[int, list[str]]]:
    """(number of the line in the file, cells) of every line that is not empty, headings first. Raises SaisieRefusee."""
    net = contenu.removeprefix(BOM).replace("\0", "")
    premiere = net.partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    lecteur = csv.reader(io.StringIO(net), delimiter=separateur)
    try:
        lues = [(lecteur.line_num, [restituer(c.strip()) for c in cellules]) for cellules in lecteur]
    except csv.Error:
        raise SaisieRefusee("Ce fichier n’est pas un tableau CSV. Partez du fichier exporté", champ="fichier") from None
    return [(numero, cellules) for numero, cellules in lues if any(cellules)]
