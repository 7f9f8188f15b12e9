"""Small CSV files typed by people: found columns, numbered lines, and one sentence when the file is not the right one."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.socle.erreurs import SaisieRefusee

ERREURS_MONTREES = 20


@dataclass(frozen=True, slots=True)
class Tableau:
    """A file read whole: columns in lower case without accents, lines with their number in the file."""

    nom: str
    colonnes: frozenset[str]
    lignes: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Anomalie:
    """A line that cannot be taken, and why."""

    ligne: int
    raison: str

    def __str__(self) -> str:
        return f"ligne {self.ligne} : {self.raison}"


class LignesRefusees(SaisieRefusee):
    """Lines of a file are refused, so that nothing was written. `anomalies`: all of them."""

    code = "lignes-refusees"

    def __init__(self, nom: str, lues: int, anomalies: Sequence[Anomalie], conseil: str) -> None:
        pluriel = "s sont refusées" if len(anomalies) > 1 else " est refusée"
        detail = "\n".join(f"  {a}" for a in anomalies[:ERREURS_MONTREES])
        suite = f"\n  … et {len(anomalies) - ERREURS_MONTREES} autres" if len(anomalies) > ERREURS_MONTREES else ""
        super().__init__(f"{nom} : {len(anomalies)} ligne{pluriel} sur {lues}, rien n’a été écrit. {conseil}\n{detail}{suite}")
        self.anomalies = tuple(anomalies)


def lire_tableau(chemin: Path, *, jeux: Sequence[frozenset[str]]) -> Tableau:
    """Read a CSV (UTF-8, separated by « ; », « , » or tabs). It must hold one of the sets of columns `jeux`.

    Raises: SaisieRefusee (not there, not text, empty, columns missing).
    """
    return lire_contenu(chemin.name, lire_octets(chemin), jeux=jeux)


def lire_contenu(nom: str, octets: bytes, *, jeux: Sequence[frozenset[str]]) -> Tableau:
    """The same, of a file already read: what is kept is what was judged. Raises SaisieRefusee."""
    lignes = _lignes(nom, octets)
    entete = next(lignes, None)
    if entete is None:
        raise _refus(nom, "il est vide")
    colonnes = [_nom_de_colonne(valeur) for valeur in entete[1]]
    if not any(jeu <= set(colonnes) for jeu in jeux):
        attendues = " ou ".join("« " + ";".join(sorted(jeu)) + " »" for jeu in jeux)
        raise _refus(nom, f"sa première ligne doit nommer les colonnes {attendues}")
    lues = tuple((n, dict(zip(colonnes, (v.strip() for v in valeurs), strict=False))) for n, valeurs in lignes if any(valeurs))
    if not lues:
        raise _refus(nom, "il ne contient que la ligne d’en-tête")
    return Tableau(nom, frozenset(colonnes), lues)


def _lignes(nom: str, octets: bytes) -> Iterator[tuple[int, list[str]]]:
    texte = _texte(nom, octets)
    premiere = texte.partition("\n")[0]
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=max(";,\t", key=premiere.count))
    try:
        for valeurs in lecteur:
            yield lecteur.line_num, valeurs
    except csv.Error as erreur:
        raise _refus(nom, f"la ligne {lecteur.line_num} n’est pas du CSV ({erreur})") from None


def lire_octets(chemin: Path) -> bytes:
    """A file whole. Raises SaisieRefusee (not there, a folder, unreadable)."""
    try:
        return chemin.read_bytes()
    except FileNotFoundError:
        raise SaisieRefusee(f"Le fichier {chemin} n’existe pas.") from None
    except IsADirectoryError:
        raise SaisieRefusee(f"{chemin} est un dossier\u00a0: indiquez un fichier CSV.") from None
    except OSError as erreur:
        raise _refus(chemin.name, f"sa lecture échoue ({erreur})") from erreur


def _texte(nom: str, octets: bytes) -> str:
    if b"\0" in octets:
        raise _refus(nom, "ce n’est pas du texte. Enregistrez-le en « CSV UTF-8 »")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        ligne = octets.count(b"\n", 0, erreur.start) + 1
        raise _refus(nom, f"il n’est pas en UTF-8 (ligne {ligne}). Réenregistrez-le en « CSV UTF-8 »") from None


def _nom_de_colonne(texte: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", texte.strip().lower()) if not unicodedata.combining(c))


def _refus(nom: str, raison: str) -> SaisieRefusee:
    return SaisieRefusee(f"Le fichier {nom} ne peut pas être importé : {raison}.")
