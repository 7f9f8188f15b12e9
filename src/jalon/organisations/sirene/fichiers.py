"""A stock file on disk, CSV or zip: opened, recognised, checked whole, then read by slices of whole lines."""

import codecs
import csv
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from jalon.organisations.sirene.dispositions import Disposition
from jalon.organisations.sirene.enregistrements import LIGNES_D_UN_ENREGISTREMENT
from jalon.organisations.sirene.octets import compter
from jalon.socle.erreurs import SaisieRefusee

SAUT = b"\n"
BLOC = 1 << 20
ECHANTILLONS = 32
EN_TETE_MAX = 1 << 16
REMEDE_ENCODAGE = "Réenregistrez-le en « CSV UTF-8 »"

Suivi = Callable[[int], None]


@dataclass(frozen=True)
class Tranche:
    """Whole lines of the file. `fin`: where the next slice begins; `ligne`: number of the first line."""

    octets: bytes
    fin: int
    ligne: int

    @cached_property
    def lignes(self) -> int:
        """How many line breaks it holds."""
        return compter(SAUT, self.octets)


@dataclass(frozen=True, slots=True)
class FichierSirene:
    """A stock file whose header was read and holds every column that we need."""

    chemin: Path
    disposition: Disposition
    membre: str
    colonnes: tuple[str, ...]
    separateur: str
    debut: int
    taille: int
    empreinte: str

    def controler(self, suivi: Suivi) -> None:
        """Read the whole file once: UTF-8 throughout, no binary, at least one line. Raises SaisieRefusee."""
        decodeur = codecs.getincrementaldecoder("utf-8")()
        ligne, lus = 1, 0
        with _ouvrir(self.chemin, self.membre) as flux:
            while bloc := flux.read(BLOC):
                if b"\0" in bloc:
                    raise _refus(self.chemin, f"la ligne {ligne + bloc.count(SAUT, 0, bloc.index(0))} n’est pas du texte")
                try:
                    decodeur.decode(bloc, final=lus + len(bloc) >= self.taille)
                except UnicodeDecodeError as erreur:
                    ligne += bloc.count(SAUT, 0, erreur.start)
                    raise _refus(self.chemin, f"il n’est pas en UTF-8 (ligne {ligne}). {REMEDE_ENCODAGE}") from None
                ligne += compter(SAUT, bloc)
                lus += len(bloc)
                suivi(lus)
        if lus <= self.debut:
            raise _refus(self.chemin, "il ne contient que la ligne d’en-tête")

    def tranches(self, position: int, ligne: int, taille: int) -> Iterator[Tranche]:
        """Slices of at most `taille` bytes (or one record) from `position` on, the same however often one stops in between."""
        with _ouvrir(self.chemin, self.membre) as flux:
            flux.seek(position)
            reste = b""
            while lu := flux.read(taille - len(reste) % taille):
                bloc = reste + lu
                fin = coupure(bloc)
                if fin:
                    position += fin
                    tranche = Tranche(bloc[:fin], position, ligne)
                    yield tranche
                    ligne += tranche.lignes
                reste = bloc[fin:]
            if reste:
                yield Tranche(reste, position + len(reste), ligne)


def coupure(bloc: bytes) -> int:
    """Length of the block that holds whole records: up to its last line break, or before a value still open there."""
    fin = bloc.rfind(b"\n") + 1
    if compter(b'"', bloc[:fin]) % 2 == 0:
        return fin
    debut = fin
    for _ in range(LIGNES_D_UN_ENREGISTREMENT):
        suivant, debut = debut, bloc.rfind(b"\n", 0, max(debut - 1, 0)) + 1
        if bloc.count(b'"', debut, suivant) % 2:
            return debut
        if debut == 0:
            break
    return fin


def ouvrir_fichier(chemin: Path, disposition: Disposition) -> FichierSirene:
    """Recognise a file by its header. Raises SaisieRefusee: not there, empty, several CSV in the zip, missing columns."""
    membre, taille = _membre(chemin)
    with _ouvrir(chemin, membre) as flux:
        premiere = flux.readline(EN_TETE_MAX)
    if not premiere.strip(codecs.BOM_UTF8 + b"\r\n"):
        raise _refus(chemin, "il est vide")
    try:
        en_tete = premiere.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise _refus(chemin, f"il n’est pas en UTF-8 (ligne 1). {REMEDE_ENCODAGE}") from None
    separateur = max(",;|", key=en_tete.count)
    colonnes = tuple(next(csv.reader([en_tete], delimiter=separateur)))
    disposition.verifier(colonnes, chemin.name)
    return FichierSirene(
        chemin=chemin,
        disposition=disposition,
        membre=membre,
        colonnes=colonnes,
        separateur=separateur,
        debut=len(premiere),
        taille=taille,
        empreinte=_empreinte(chemin),
    )


def _membre(chemin: Path) -> tuple[str, int]:
    """Name of the CSV inside a zip (empty for a plain file) and size of the CSV."""
    if not chemin.exists():
        raise SaisieRefusee(f"Le fichier {chemin} n’existe pas.")
    if chemin.is_dir():
        raise SaisieRefusee(f"{chemin} est un dossier : indiquez un fichier CSV ou zip.")
    try:
        if not zipfile.is_zipfile(chemin):
            return "", chemin.stat().st_size
        with zipfile.ZipFile(chemin) as archive:
            membres = [m for m in archive.infolist() if m.filename.lower().endswith(".csv") and "__MACOSX" not in m.filename]
    except (OSError, zipfile.BadZipFile) as erreur:
        raise _refus(chemin, f"sa lecture échoue ({erreur})") from erreur
    if len(membres) != 1:
        noms = ", ".join(m.filename for m in membres[:5]) or "aucun"
        raise _refus(chemin, f"l’archive doit contenir un seul fichier CSV ; trouvé : {noms}")
    if membres[0].flag_bits & 1:
        raise _refus(chemin, "l’archive est protégée par un mot de passe. Retirez-le")
    return membres[0].filename, membres[0].file_size


@contextmanager
def _ouvrir(chemin: Path, membre: str) -> Iterator[IO[bytes]]:
    """The bytes of the CSV, inflated if need be. What goes wrong while reading is raised as SaisieRefusee."""
    try:
        if membre:
            with zipfile.ZipFile(chemin) as archive, archive.open(membre) as flux:
                yield flux
        else:
            with chemin.open("rb") as fichier:
                yield fichier
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as erreur:
        raise _refus(chemin, f"sa lecture échoue ({erreur}). Téléchargez-le de nouveau") from erreur


def _refus(chemin: Path, raison: str) -> SaisieRefusee:
    return SaisieRefusee(f"Le fichier {chemin.name} ne peut pas être importé : {raison}.")


def _empreinte(chemin: Path) -> str:
    """Size and evenly spaced samples: tells two deliveries apart without reading ten gigabytes."""
    taille = chemin.stat().st_size
    somme = hashlib.sha256(str(taille).encode())
    with chemin.open("rb") as flux:
        for rang in range(ECHANTILLONS):
            flux.seek(max(0, taille - BLOC // 8) * rang // (ECHANTILLONS - 1))
            somme.update(flux.read(BLOC // 8))
    return somme.hexdigest()
