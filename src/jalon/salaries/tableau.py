"""A file of employees as a table of texts: an Excel workbook, a CSV, or a DSN turned into the same columns. Pure."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from jalon.salaries import dsn
from jalon.salaries.regles.fiches import CHAMPS
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import grouper
from jalon.socle.tableur import lire_lignes
from jalon.socle.texte import normaliser

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LIGNES_AU_PLUS = 20_000
COLONNES_AU_PLUS = 100
DEPLIE_AU_PLUS = 200_000_000
"""Octets of a workbook once unzipped: a small file may hide a huge one."""
CELLULES_DU_CLASSEUR = 4_000_000
"""Cells of a sheet, empty ones included: what the library holds at once."""
CELLULE_AU_PLUS = 300
"""Characters of a cell that are looked at."""
TROP_GRAND = "Ce classeur est trop grand. Gardez la feuille des salariés seule, ou enregistrez-la en CSV"


@dataclass(frozen=True, slots=True)
class Tableau:
    """`lignes`: (number in the file, cells). `colonnes`: box -> rank of the column that holds it, as far as headings tell."""

    entetes: tuple[str, ...]
    lignes: tuple[tuple[int, tuple[str, ...]], ...]
    colonnes: Mapping[str, int]
    de_dsn: bool = False


def lire_fichier(octets: bytes, siren: str) -> Tableau:
    """Read whatever it is, told by its content. Raises SaisieRefusee."""
    if dsn.est_une_dsn(octets[:200]):
        return _de_la_dsn(octets, siren)
    if octets.startswith(OLE):
        raise _refus("Ce classeur est dans l’ancien format .xls, ou protégé par un mot de passe. Enregistrez-le en .xlsx")
    lignes = _du_classeur(octets) if octets.startswith(ZIP) else _du_csv(octets)
    return _tableau(lignes)


def _de_la_dsn(octets: bytes, siren: str) -> Tableau:
    declaration = dsn.lire_dsn(octets.splitlines())
    etrangers = sorted(declaration.sirens - {siren})
    if etrangers:
        autre = grouper(etrangers[0])
        raise _refus(f"Cette DSN est celle du SIREN {autre}, pas de cette entreprise. Choisissez le fichier de {grouper(siren)}")
    codes = tuple(CHAMPS)
    lignes = []
    for individu in declaration.individus:
        textes = dsn.textes_de(individu)
        lignes.append((individu.ligne, tuple(textes[code] for code in codes)))
    _borner(len(lignes))
    entetes = tuple(CHAMPS[code].libelle for code in codes)
    return Tableau(entetes, tuple(lignes), {code: rang for rang, code in enumerate(codes)}, de_dsn=True)


def _du_classeur(octets: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet that holds something."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > DEPLIE_AU_PLUS:
                raise _refus(TROP_GRAND)
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
        for feuille in classeur.sheet_names:
            page = classeur.get_sheet_by_name(feuille)
            bas, droite = page.end or (0, 0)
            if (bas + 1) * (droite + 1) > CELLULES_DU_CLASSEUR:
                raise _refus(TROP_GRAND)
            lignes = page.to_python(skip_empty_area=False)
            if lignes:
                return [(rang, [_cellule(c) for c in cellules]) for rang, cellules in enumerate(lignes, 1)]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise _refus("Ce classeur ne s’ouvre pas. Enregistrez-le de nouveau au format .xlsx, ou en CSV") from None
    return []


def _cellule(valeur: object) -> str:
    if isinstance(valeur, datetime | date):
        return formater_date(valeur.date() if isinstance(valeur, datetime) else valeur)
    if isinstance(valeur, float):
        return str(int(valeur)) if valeur.is_integer() else str(valeur)
    return str(valeur).strip()


def _du_csv(octets: bytes) -> list[tuple[int, list[str]]]:
    if b"\0" in octets:
        raise _refus("Ce fichier n’est ni un classeur .xlsx, ni un CSV, ni une DSN")
    try:
        contenu = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        contenu = octets.decode("cp1252", errors="replace")
    return lire_lignes(contenu)


def _tableau(lignes: Iterable[tuple[int, Sequence[str]]]) -> Tableau:
    pleines = [
        (numero, tuple(c[:CELLULE_AU_PLUS] for c in cellules[:COLONNES_AU_PLUS])) for numero, cellules in lignes if any(cellules)
    ]
    if not pleines:
        raise _refus("Ce fichier est vide. Sa première ligne donne le nom des colonnes")
    (_, entetes), *suite = pleines
    if not suite:
        raise _refus("Ce fichier n’a que des noms de colonnes. Ajoutez une ligne par salarié")
    _borner(len(suite))
    return Tableau(entetes, tuple(suite), proposer_colonnes(entetes))


def _borner(nombre: int) -> None:
    if nombre > LIGNES_AU_PLUS:
        raise _refus(f"{LIGNES_AU_PLUS} salariés au plus par fichier\u00a0: il y en a {nombre}. Séparez-le en plusieurs")


def proposer_colonnes(entetes: Sequence[str]) -> dict[str, int]:
    """The column of each box whose heading is known; the first one wins."""
    par_entete: dict[str, str] = {}
    for champ in CHAMPS.values():
        for nom in (normaliser(champ.code), normaliser(champ.libelle), *champ.entetes):
            par_entete.setdefault(nom, champ.code)
    colonnes: dict[str, int] = {}
    for rang, entete in enumerate(entetes):
        code = par_entete.get(normaliser(entete))
        if code is not None:
            colonnes.setdefault(code, rang)
    return colonnes


def textes_de_la_ligne(cellules: Sequence[str], colonnes: Mapping[str, int]) -> dict[str, str]:
    """The boxes of a line."""
    return {code: cellules[rang] for code, rang in colonnes.items() if rang < len(cellules)}


def _refus(phrase: str) -> SaisieRefusee:
    return SaisieRefusee(phrase, champ="fichier")
