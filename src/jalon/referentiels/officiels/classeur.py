"""An .xlsx workbook, read by python-calamine. Values are texts: numbers as they are stored, days as « 2024-07-15 »."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from jalon.referentiels.officiels.refus import refus

OLE = b"\xd0\xcf\x11\xe0"
DEBUT = 1 << 16
PAS = 1_000
_CALENDRIER_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
_MODIFIE = re.compile(rb"\bmodified\b[^>]*>\s*(\d{4}-\d{2}-\d{2})")

Ligne = dict[int, str]
"""Text of the cells that hold something, by rank of their column (0 for A)."""


class Classeur:
    """A workbook on disk. Raises SaisieRefusee, from any of its methods, when it is not one or cannot be read to its end.

    A sheet is in memory while its rows are read: what its rectangle of cells that hold something takes.
    """

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        if not chemin.is_file():
            raise refus(chemin, "il n’existe pas" if not chemin.exists() else "c’est un dossier")
        if not zipfile.is_zipfile(chemin):
            raise refus(chemin, _raison(chemin))
        self.modifie_le = self._examiner()
        try:
            # Given a path, the library goes by the end of its name; given the content, by what it holds.
            with chemin.open("rb") as fichier:
                self._classeur = CalamineWorkbook.from_filelike(fichier)
        except CalamineError:
            raise self._abime() from None
        self.feuilles = tuple(self._classeur.sheet_names)
        if not self.feuilles:
            raise refus(chemin, "ce n’est pas un classeur Excel (.xlsx)")
        self._tailles: dict[str, int] = {}

    def _examiner(self) -> date | None:
        """The day when the workbook says that it was last saved. Refuses what the library would read, or does not show."""
        try:
            with zipfile.ZipFile(self.chemin) as archive:
                membres = set(archive.namelist())
                reglages, proprietes = (_debut(archive, nom) for nom in ("xl/workbook.xml", "docProps/core.xml"))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as erreur:
            raise refus(self.chemin, f"sa lecture échoue ({erreur}). Téléchargez-le de nouveau") from None
        if any(nom.lower().endswith((".xlsx", ".xlsb")) for nom in membres):
            raise refus(self.chemin, "c’est une archive. Décompressez-la, et indiquez le classeur (.xlsx) qu’elle contient")
        if "xl/workbook.bin" in membres:
            raise refus(self.chemin, "il est au format .xlsb. Réenregistrez-le en .xlsx")
        if "xl/workbook.xml" not in membres:
            raise refus(self.chemin, "ce n’est pas un classeur Excel (.xlsx)")
        if _CALENDRIER_1904.search(reglages):
            raise refus(self.chemin, "ses dates comptent depuis 1904. Réenregistrez-le avec le calendrier depuis 1900")
        lu = _MODIFIE.search(proprietes)
        try:
            return date.fromisoformat(lu[1].decode()) if lu else None
        except ValueError:
            return None

    def _ouvrir(self, feuille: str) -> CalamineSheet:
        try:
            ouverte = self._classeur.get_sheet_by_name(feuille)
        except CalamineError:
            raise self._abime() from None
        self._tailles[feuille] = 0 if ouverte.end is None else ouverte.end[0] + 1
        return ouverte

    def _abime(self) -> Exception:
        return refus(self.chemin, "ce classeur est abîmé. Téléchargez-le de nouveau")

    def taille(self, feuille: str) -> int:
        """Number of its last row that holds something: what `suivi` is compared with."""
        if feuille not in self._tailles:
            self._ouvrir(feuille)
        return self._tailles[feuille]

    def lignes(self, feuille: str, suivi: Callable[[int], None] = lambda _: None) -> Iterator[tuple[int, Ligne]]:
        """Rows that hold something, with their number as Excel shows it. `suivi` is told how many rows were read."""
        ouverte = self._ouvrir(feuille)
        colonne = 0 if ouverte.start is None else ouverte.start[1]
        for numero, valeurs in enumerate(ouverte.iter_rows(), start=1):
            if numero % PAS == 0:
                suivi(numero)
            ligne = {rang: _texte(valeur) for rang, valeur in enumerate(valeurs, start=colonne) if valeur != ""}
            if ligne:
                yield numero, ligne
        suivi(self._tailles[feuille])


def _texte(valeur: float | str | date | time | timedelta) -> str:
    """8000 for 8000.0, 1 for TRUE: the library reads every number as a float, and the codes of the files are numbers."""
    if isinstance(valeur, bool) or (isinstance(valeur, float) and valeur.is_integer()):
        return str(int(valeur))
    return str(valeur)


def _debut(archive: zipfile.ZipFile, membre: str) -> bytes:
    """Of a small member, enough to find what we look for; nothing when there is none."""
    if membre not in archive.namelist():
        return b""
    with archive.open(membre) as flux:
        return flux.read(DEBUT)


def _raison(chemin: Path) -> str:
    with chemin.open("rb") as fichier:
        debut = fichier.read(len(OLE))
    if not debut:
        return "il est vide"
    if debut == OLE:
        return "il est au format .xls ou protégé par un mot de passe. Réenregistrez-le en .xlsx, sans mot de passe"
    return "ce n’est pas un classeur Excel (.xlsx)"
