"""How much of a password somebody else could not guess: no Django, no clock, no I/O.

An attacker who has the lists (common passwords, the names of the product and of the OPCO, the person's own name) tries
them one after the other, doubled, followed by a year, with « 0 » for « o ». Each piece that such lists hold is therefore
worth little, whatever its length (CNIL, délibération 2022-100; NIST SP 800-63B § 3.1.1.2).
"""

import math
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

BITS_EXIGES = 40.0
"""About 10^12 tries: three words out of the list of 20,000 pass, two and a year do not."""
LONGUEUR_JUGEE = 64
"""Beyond, nothing more is looked at: what precedes was enough, or repeats."""
PLUS_LONG_MOT = 20
PLUS_COURT_MOT = 3
RANGEES = (
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
)
VRAIES_LETTRES = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "€": "e"}
)


class Faiblesse(StrEnum):
    """What a weak password is mostly made of."""

    REPETITION = "repetition"
    SUITE = "suite"
    PERSONNEL = "personnel"
    COMMUN = "commun"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class _Piece:
    bits: float
    nature: Faiblesse
    longueur: int


def normaliser(texte: str) -> str:
    """Lower case, without accents: « Été » and « ete » are guessed together."""
    decompose = unicodedata.normalize("NFKD", texte.lower())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def mots_de(texte: str) -> Iterator[str]:
    """Words of a name or of an address, long enough to be recognised, in lower case and without accents."""
    lettres = "".join(c if c.isalnum() else " " for c in normaliser(texte))
    yield from (mot for mot in lettres.split() if len(mot) >= PLUS_COURT_MOT)


def faiblesse(mot_de_passe: str, communs: Collection[str], personnels: Collection[str]) -> Faiblesse | None:
    """Why a password can be guessed; None when it holds.

    `communs`: words of the lists, `personnels`: the account's and the product's own words, both as `mots_de` gives them.
    """
    texte = normaliser(mot_de_passe)[:LONGUEUR_JUGEE]
    meilleures: list[tuple[float, tuple[_Piece, ...]]] = [(0.0, ())]
    for fin in range(1, len(texte) + 1):
        choix = [
            (meilleures[debut][0] + piece.bits, (*meilleures[debut][1], piece))
            for debut in range(max(0, fin - PLUS_LONG_MOT), fin)
            for piece in _pieces(texte, debut, fin, communs, personnels)
        ]
        meilleures.append(min(choix, key=lambda c: c[0]))
    bits, pieces = meilleures[-1]
    return None if bits >= BITS_EXIGES else _principale(pieces)


def _principale(pieces: tuple[_Piece, ...]) -> Faiblesse:
    longueurs = {nature: sum(p.longueur for p in pieces if p.nature == nature) for nature in Faiblesse}
    return max(Faiblesse, key=lambda nature: longueurs[nature])


def _pieces(texte: str, debut: int, fin: int, communs: Collection[str], personnels: Collection[str]) -> Iterator[_Piece]:
    morceau, longueur = texte[debut:fin], fin - debut
    if longueur == 1:
        yield _caractere(texte, debut)
        return
    if morceau in texte[:debut]:
        yield _Piece(1.0, Faiblesse.REPETITION, longueur)
    if longueur < PLUS_COURT_MOT:
        return
    if _suite(morceau):
        yield _Piece(4.0, Faiblesse.SUITE, longueur)
    if _annee(morceau):
        yield _Piece(5.0, Faiblesse.SUITE, longueur)
    ecrit = {morceau, morceau.translate(VRAIES_LETTRES)}
    if any(mot in personnels for mot in ecrit):
        yield _Piece(3.0, Faiblesse.PERSONNEL, longueur)
    if any(mot in communs for mot in ecrit):
        yield _Piece(math.log2(max(2, len(communs))) - 1, Faiblesse.COMMUN, longueur)


def _caractere(texte: str, place: int) -> _Piece:
    """A letter nobody foresees; a digit; a mark already seen is worth nothing."""
    caractere = texte[place]
    if place and texte[place - 1] == caractere:
        return _Piece(0.5, Faiblesse.REPETITION, 1)
    if caractere.isalpha():
        return _Piece(math.log2(26), Faiblesse.COURT, 1)
    if caractere.isdigit():
        return _Piece(math.log2(10), Faiblesse.SUITE, 1)
    return _Piece(0.5 if caractere in texte[:place] else 2.0, Faiblesse.COURT, 1)


def _suite(morceau: str) -> bool:
    return any(morceau in rangee or morceau in rangee[::-1] for rangee in RANGEES)


def _annee(morceau: str) -> bool:
    return len(morceau) == 4 and morceau[:2] in {"19", "20"} and morceau.isdigit()
