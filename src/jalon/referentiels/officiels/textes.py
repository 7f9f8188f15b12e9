"""CSV files, alone or in an archive: found by their header, whatever separator and encoding, read line by line."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import IO

from jalon.referentiels.officiels.dispositions import Disposition
from jalon.referentiels.officiels.refus import refus
from jalon.referentiels.officiels.rejets import Rejet

BLOC = 1 << 20
EN_TETE_MAX = 1 << 16
SEPARATEURS = ";|,\t"
LIGNES_PAR_SUIVI = 10_000
SANS_UTF8 = "cp1252"

Suivi = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Membre:
    """One CSV: its name in the archive (empty for a file alone), its header, how it is written."""

    nom: str
    entetes: tuple[str, ...]
    separateur: str
    encodage: str
    taille: int


class Archive:
    """A zip of CSV files, or one CSV. Raises SaisieRefusee, from any of its methods, when it cannot be read."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        if not chemin.is_file():
            raise refus(chemin, "il n’existe pas" if not chemin.exists() else "c’est un dossier")
        self._zip = zipfile.is_zipfile(chemin)
        self.membres = [self._lire_entete(nom) for nom in self._noms()]
        if not self.membres:
            raise refus(chemin, "l’archive ne contient aucun fichier CSV")

    def _noms(self) -> list[str]:
        if not self._zip:
            return [""]
        with zipfile.ZipFile(self.chemin) as archive:
            noms = [m.filename for m in archive.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
        return [nom for nom in noms if nom.lower().endswith((".csv", ".txt"))]

    def _lire_entete(self, nom: str) -> Membre:
        with self.ouvrir(nom) as flux:
            premiere = flux.readline(EN_TETE_MAX)
            taille = flux.seek(0, io.SEEK_END)
        if b"\0" in premiere or (len(premiere) == EN_TETE_MAX and not premiere.endswith(b"\n")):
            raise refus(self.chemin, "ce n’est pas un fichier CSV")
        texte = premiere.decode("utf-8-sig", errors="replace").rstrip("\r\n")
        if not nom and not texte.strip():
            raise refus(self.chemin, "il est vide")
        separateur = max(SEPARATEURS, key=texte.count)
        entetes = tuple(next(csv.reader([texte], delimiter=separateur), []))
        return Membre(nom, entetes, separateur, "", taille)

    def chercher(self, disposition: Disposition) -> "Tableau | None":
        """The member whose header holds every column of the layout, None when none does. Raises when two do."""
        trouves = [m for m in self.membres if not disposition.manquantes(disposition.reperer(dict(enumerate(m.entetes))))]
        if len(trouves) > 1:
            noms = ", ".join(m.nom for m in trouves)
            raise refus(self.chemin, f"plusieurs fichiers peuvent être {disposition.nom} ({noms})")
        return Tableau(self, trouves[0], disposition) if trouves else None

    def exiger(self, disposition: Disposition) -> "Tableau":
        """The same; raises SaisieRefusee with what lacks when there is none."""
        trouve = self.chercher(disposition)
        if trouve is not None:
            return trouve
        manques = [disposition.manquantes(disposition.reperer(dict(enumerate(m.entetes)))) for m in self.membres]
        manquantes = min(manques, key=len)
        pluriel = "s" if len(manquantes) > 1 else ""
        raison = f"ce n’est pas {disposition.nom}, il manque {len(manquantes)} colonne{pluriel} ({', '.join(manquantes)})"
        raise refus(self.chemin, raison)

    def jour_du_nom(self) -> date | None:
        """The day written in the name of the file or of what it holds."""
        return next((j for nom in (self.chemin.stem, *(m.nom for m in self.membres)) if (j := jour_dans(nom))), None)

    @contextmanager
    def ouvrir(self, nom: str) -> Iterator[IO[bytes]]:
        """The bytes of a member, inflated if need be."""
        try:
            if self._zip:
                with zipfile.ZipFile(self.chemin) as archive, archive.open(nom) as flux:
                    yield flux
            else:
                with self.chemin.open("rb") as fichier:
                    yield fichier
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as erreur:
            raise refus(self.chemin, f"sa lecture échoue ({erreur}). Téléchargez-le de nouveau") from None


class Tableau:
    """The lines of one member, as tuples of the fields that were asked for."""

    def __init__(self, archive: Archive, membre: Membre, disposition: Disposition) -> None:
        self._archive = archive
        self._membre = membre
        self._rangs = disposition.reperer(dict(enumerate(membre.entetes)))
        self.taille = membre.taille
        self.lus = 0
        self.rejets: list[Rejet] = []

    @property
    def nom(self) -> str:
        """What to call it in a refusal."""
        return Path(self._membre.nom).name or self._archive.chemin.name

    def a(self, champ: str) -> bool:
        """Whether its header names that field."""
        return champ in self._rangs

    def lignes(self, *champs: str, suivi: Suivi = lambda _: None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Number and fields of each line, without spaces around; a field that the file does not have is empty.

        Lines with another number of values than the header go to `rejets`. `suivi` is told how many bytes were read.
        """
        attendu = len(self._membre.entetes)
        prendre = itemgetter(*(self._rangs.get(champ, attendu) for champ in champs), attendu)
        encodage = self._encodage()
        self.lus, self.rejets = 0, []
        with self._archive.ouvrir(self._membre.nom) as flux:
            texte = io.TextIOWrapper(flux, encoding=encodage, newline="", errors="replace")
            lecteur = csv.reader(texte, delimiter=self._membre.separateur)
            try:
                next(lecteur, None)
                for valeurs in lecteur:
                    if not valeurs:
                        continue
                    self.lus += 1
                    if len(valeurs) != attendu:
                        self.rejeter(lecteur.line_num, f"{len(valeurs)} valeurs au lieu de {attendu}")
                        continue
                    valeurs.append("")
                    yield lecteur.line_num, tuple(v.strip() for v in prendre(valeurs)[:-1])
                    if self.lus % LIGNES_PAR_SUIVI == 0:
                        suivi(flux.tell())
            except csv.Error as erreur:
                raise refus(self._archive.chemin, f"la ligne {lecteur.line_num} n’est pas du CSV ({erreur})") from None
        suivi(self.taille)

    def rejeter(self, ligne: int, raison: str) -> None:
        """A line is refused."""
        self.rejets.append(Rejet(self.nom, ligne, raison))

    def _encodage(self) -> str:
        """UTF-8 when it is so to the end; else that of Windows, which the directory of schools is written in."""
        decodeur = codecs.getincrementaldecoder("utf-8")()
        with self._archive.ouvrir(self._membre.nom) as flux:
            try:
                while bloc := flux.read(BLOC):
                    if b"\0" in bloc:
                        raise refus(self._archive.chemin, "ce n’est pas un fichier CSV, il contient des octets nuls")
                    decodeur.decode(bloc)
                decodeur.decode(b"", final=True)
            except UnicodeDecodeError:
                return SANS_UTF8
        return "utf-8-sig"


def jour_dans(nom: str) -> date | None:
    """The last day written in a name: « 2024-07-15 », « 2024_02_22 », « 15.07.2024 », « 202601 » (its first day)."""
    trouves = [(m[1], m[2], m[3]) for m in re.finditer(r"(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)", nom)]
    trouves += [(m[3], m[2], m[1]) for m in re.finditer(r"(?<!\d)(\d\d)[-_. ]?(\d\d)[-_. ]?(20\d\d)(?!\d)", nom)]
    trouves += [(m[1], m[2], "01") for m in re.finditer(r"(?<!\d)(20\d\d)[-_]?(\d\d)(?!\d)", nom)]
    jours = []
    for annee, mois, jour in trouves:
        try:
            jours.append(date(int(annee), int(mois), int(jour)))
        except ValueError:
            continue
    return max(jours, default=None)
