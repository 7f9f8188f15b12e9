"""A table that somebody pastes or uploads, as numbered rows of texts: from a spreadsheet, a CSV file or a workbook. Pure.

Nothing is computed and no formula is read: a workbook gives the values that it last showed.
"""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.tableur import BOM, restituer

LIGNES_AU_PLUS = 5_000
COLONNES_AU_PLUS = 100
OCTETS_AU_PLUS = 5_000_000
OCTETS_DECOMPRESSES_AU_PLUS = 60_000_000
AUTRES_FORMATS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FICHIER = "fichier"

Grille = list[tuple[int, list[str]]]
"""(number of the row, as the spreadsheet shows it; its cells); rows that hold nothing are left out."""


def lire_texte(texte: str) -> Grille:
    """Cells pasted from a spreadsheet (tabs), or a CSV text (semicolons, commas). Raises SaisieRefusee."""
    net = texte.removeprefix(BOM).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    premiere = next((ligne for ligne in net.split("\n") if ligne.strip()), "")
    separateur = "\t" if "\t" in premiere else max(";,", key=premiere.count)
    try:
        return _borner((n, cellules) for n, cellules in enumerate(csv.reader(io.StringIO(net), delimiter=separateur), start=1))
    except csv.Error:
        raise SaisieRefusee("Ces lignes ne forment pas un tableau. Copiez-les de nouveau depuis votre tableur") from None


def lire_fichier(octets: bytes) -> Grille:
    """The first sheet of an .xlsx workbook, or a CSV file in UTF-8 or in the encoding of an older spreadsheet. Raises SaisieRefusee."""
    if len(octets) > OCTETS_AU_PLUS:
        raise SaisieRefusee("Ce fichier pèse plus de 5\u00a0Mo. Séparez-le en plusieurs", champ=FICHIER)
    if octets.startswith(ZIP):
        return _lire_classeur(octets)
    if octets.startswith(OLE):
        phrase = "Ce classeur est au format .xls ou protégé par un mot de passe. Réenregistrez-le en .xlsx, sans mot de passe"
        raise SaisieRefusee(phrase, champ=FICHIER)
    autre = SaisieRefusee("Choisissez un classeur Excel (.xlsx) ou un fichier CSV", champ=FICHIER)
    if octets.startswith(AUTRES_FORMATS):
        raise autre
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            texte = octets.decode(encodage)
        except UnicodeDecodeError:
            continue
        if not any(c in texte for c in "\0\x01\x02"):
            return lire_texte(texte)
    raise autre


def _lire_classeur(octets: bytes) -> Grille:
    abime = SaisieRefusee("Ce classeur ne se lit pas. Réenregistrez-le en .xlsx, ou copiez ses lignes ici", champ=FICHIER)
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
    except zipfile.BadZipFile:
        raise abime from None
    if sum(membre.file_size for membre in membres) > OCTETS_DECOMPRESSES_AU_PLUS:
        raise SaisieRefusee("Ce classeur est trop grand. Gardez la feuille et les lignes à importer", champ=FICHIER)
    try:
        feuille = CalamineWorkbook.from_filelike(io.BytesIO(octets)).get_sheet_by_index(0)
    except (CalamineError, IndexError):
        raise abime from None
    depart = 0 if feuille.start is None else feuille.start[1]
    vides = [""] * depart
    return _borner((n, [*vides, *map(_texte, cellules)]) for n, cellules in enumerate(feuille.iter_rows(), start=1))


def _texte(valeur: float | str | date | time | timedelta) -> str:
    """As a person types it: « 35 » for 35.0, « 12,5 », « 07/12/1995 », « oui »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float):
        return str(int(valeur)) if valeur.is_integer() else str(valeur).replace(".", ",")
    if isinstance(valeur, datetime):
        return formater_date(valeur.date())
    return formater_date(valeur) if isinstance(valeur, date) else str(valeur)


def _borner(lignes: Iterable[tuple[int, list[str]]]) -> Grille:
    grille: Grille = []
    for numero, cellules in lignes:
        net = [restituer(cellule.strip()) for cellule in cellules[:COLONNES_AU_PLUS]]
        if any(net):
            grille.append((numero, net))
        if len(grille) > LIGNES_AU_PLUS:
            raise SaisieRefusee("Ce tableau compte plus de 5\u00a0000 lignes. Séparez-le en plusieurs")
    return grille


def ecrire_texte(lignes: Iterable[Iterable[str]]) -> str:
    """Rows as a spreadsheet pastes them: one line each, cells between tabs; a cell never holds either."""
    return "\n".join("\t".join(" ".join(cellule.split()) for cellule in ligne) for ligne in lignes)
