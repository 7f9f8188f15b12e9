"""An .xlsx workbook read as a stream: one row at a time, whatever the size of the sheet. Values are texts as they are stored.

Dates are stored as numbers of days: the column that holds dates converts them (`valeurs.lire_date`), no style is read.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO
from xml.parsers import expat

from jalon.referentiels.officiels.refus import refus

BLOC = 1 << 18
OLE = b"\xd0\xcf\x11\xe0"

Ligne = dict[int, str]
"""Text of the cells that hold something, by rank of their column (0 for A)."""


class Classeur:
    """A workbook on disk. Raises SaisieRefusee, from any of its methods, when it is not one or cannot be read to its end."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        if not chemin.is_file():
            raise refus(chemin, "il n’existe pas" if not chemin.exists() else "c’est un dossier")
        if not zipfile.is_zipfile(chemin):
            raise refus(chemin, _raison(chemin))
        self.feuilles = self._feuilles()

    def _feuilles(self) -> dict[str, str]:
        """Sheets in order: their name, and the member of the archive that holds them."""
        with zipfile.ZipFile(self.chemin) as archive:
            membres = set(archive.namelist())
        if any(nom.lower().endswith((".xlsx", ".xlsb")) for nom in membres):
            raise refus(self.chemin, "c’est une archive. Décompressez-la, et indiquez le classeur (.xlsx) qu’elle contient")
        if "xl/workbook.bin" in membres:
            raise refus(self.chemin, "il est au format .xlsb. Réenregistrez-le en .xlsx")
        try:
            liens = {a["Id"]: a["Target"] for _, a in self._elements("xl/_rels/workbook.xml.rels", "Relationship")}
            feuilles = [attributs for _, attributs in self._elements("xl/workbook.xml", "sheet")]
            reglages = [attributs for _, attributs in self._elements("xl/workbook.xml", "workbookPr")]
            trouvees = {a["name"]: _membre(liens[_identifiant(a)]) for a in feuilles}
        except (KeyError, StopIteration):
            trouvees, reglages = {}, []
        if not trouvees or not membres.issuperset(trouvees.values()):
            raise refus(self.chemin, "ce n’est pas un classeur Excel (.xlsx)")
        if any(a.get("date1904") in {"1", "true"} for a in reglages):
            raise refus(self.chemin, "ses dates comptent depuis 1904. Réenregistrez-le avec le calendrier depuis 1900")
        return trouvees

    @cached_property
    def modifie_le(self) -> date | None:
        """The day when the workbook says that it was last saved."""
        try:
            texte = "".join(t for t, _ in self._elements("docProps/core.xml", "modified"))
            return date.fromisoformat(texte[:10])
        except (KeyError, ValueError):
            return None

    @cached_property
    def _textes(self) -> list[str]:
        """Texts that several cells share; a workbook may have none."""
        try:
            return [texte for texte, _ in self._elements("xl/sharedStrings.xml", "si")]
        except KeyError:
            return []

    def _elements(self, membre: str, nom: str) -> list[tuple[str, dict[str, str]]]:
        """Text (phonetic aids left out) and attributes of each element of that name. Raises KeyError: no such member."""
        trouves: list[tuple[str, dict[str, str]]] = []
        morceaux: list[str] = []
        attributs: dict[str, str] = {}
        phonetique = 0

        def ouvrir(balise: str, lus: dict[str, str]) -> None:
            nonlocal attributs, phonetique
            locale = _locale(balise)
            phonetique += locale == "rPh"
            if locale == nom:
                attributs = lus
                morceaux.clear()

        def fermer(balise: str) -> None:
            nonlocal phonetique
            locale = _locale(balise)
            phonetique -= locale == "rPh"
            if locale == nom:
                trouves.append(("".join(morceaux), attributs))

        def texte(lu: str) -> None:
            if not phonetique:
                morceaux.append(lu)

        analyseur = _analyseur(ouvrir, fermer, texte)
        with self._ouvrir(membre) as flux:
            while bloc := flux.read(BLOC):
                analyseur.Parse(bloc, False)
            analyseur.Parse(b"", True)
        return trouves

    def taille(self, feuille: str) -> int:
        """Bytes of a sheet once inflated: what `suivi` is compared with."""
        with zipfile.ZipFile(self.chemin) as archive:
            return archive.getinfo(self.feuilles[feuille]).file_size

    def lignes(self, feuille: str, suivi: Callable[[int], None] = lambda _: None) -> Iterator[tuple[int, Ligne]]:
        """Rows that hold something, with their number as Excel shows it. `suivi` is told how many bytes were read."""
        lecteur = _LecteurDeLignes(self._textes)
        lus = 0
        with self._ouvrir(self.feuilles[feuille]) as flux:
            while bloc := flux.read(BLOC):
                lecteur.analyseur.Parse(bloc, False)
                lus += len(bloc)
                suivi(lus)
                yield from lecteur.prendre()
            lecteur.analyseur.Parse(b"", True)
        yield from lecteur.prendre()

    @contextmanager
    def _ouvrir(self, membre: str) -> Iterator[IO[bytes]]:
        try:
            with zipfile.ZipFile(self.chemin) as archive, archive.open(membre) as flux:
                yield flux
        except (expat.ExpatError, IndexError, ValueError):
            raise refus(self.chemin, "ce classeur est abîmé. Téléchargez-le de nouveau") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as erreur:
            raise refus(self.chemin, f"sa lecture échoue ({erreur}). Téléchargez-le de nouveau") from None


class _LecteurDeLignes:
    """What the parser calls, element by element; the rows that are complete wait in `prendre`."""

    def __init__(self, textes: list[str]) -> None:
        self._textes = textes
        self._rangs: dict[str, int] = {}
        self._pretes: list[tuple[int, Ligne]] = []
        self._numero = 0
        self._ligne: Ligne = {}
        self._rang = -1
        self._genre = ""
        self._morceaux: list[str] = []
        self._dedans = False
        self.analyseur = _analyseur(self._ouvrir, self._fermer, self._lire)

    def prendre(self) -> list[tuple[int, Ligne]]:
        pretes, self._pretes = self._pretes, []
        return pretes

    def _ouvrir(self, balise: str, attributs: dict[str, str]) -> None:
        locale = _locale(balise)
        if locale == "c":
            reference = attributs.get("r")
            self._rang = self._rang + 1 if reference is None else self._rang_de(reference)
            self._genre = attributs.get("t", "")
            self._morceaux.clear()
        elif locale in {"v", "t"}:
            self._dedans = True
        elif locale == "row":
            self._numero = int(attributs.get("r", self._numero + 1))
            self._rang = -1

    def _fermer(self, balise: str) -> None:
        locale = _locale(balise)
        if locale in {"v", "t"}:
            self._dedans = False
        elif locale == "c":
            if self._morceaux:
                texte = "".join(self._morceaux)
                self._ligne[self._rang] = self._textes[int(texte)] if self._genre == "s" else texte
        elif locale == "row" and self._ligne:
            self._pretes.append((self._numero, self._ligne))
            self._ligne = {}

    def _lire(self, texte: str) -> None:
        if self._dedans:
            self._morceaux.append(texte)

    def _rang_de(self, reference: str) -> int:
        lettres = reference.rstrip("0123456789")
        rang = self._rangs.get(lettres)
        if rang is None:
            rang = 0
            for lettre in lettres:
                rang = rang * 26 + ord(lettre) - 64
            self._rangs[lettres] = rang = rang - 1
        return rang


def _analyseur(
    ouvrir: Callable[[str, dict[str, str]], None], fermer: Callable[[str], None], texte: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser without entities of the document's own: no workbook has any, and they are how a small file fills a memory."""
    analyseur = expat.ParserCreate(namespace_separator=" ")
    analyseur.buffer_text = True
    analyseur.StartElementHandler = ouvrir
    analyseur.EndElementHandler = fermer
    analyseur.CharacterDataHandler = texte
    analyseur.StartDoctypeDeclHandler = _refuser_les_entites
    return analyseur


def _refuser_les_entites(*declaration: object) -> None:
    raise ValueError(declaration)


def _locale(balise: str) -> str:
    return balise.rpartition(" ")[2]


def _identifiant(feuille: dict[str, str]) -> str:
    """The attribute `r:id`, whatever namespace it is in."""
    return next(valeur for nom, valeur in feuille.items() if nom.endswith(" id"))


def _membre(cible: str) -> str:
    return cible.removeprefix("/") if cible.startswith("/") else f"xl/{cible}"


def _raison(chemin: Path) -> str:
    with chemin.open("rb") as fichier:
        debut = fichier.read(len(OLE))
    if not debut:
        return "il est vide"
    if debut == OLE:
        return "il est au format .xls ou protégé par un mot de passe. Réenregistrez-le en .xlsx, sans mot de passe"
    return "ce n’est pas un classeur Excel (.xlsx)"
