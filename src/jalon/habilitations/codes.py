"""Activation codes: drawing, check character, reading what is typed, keyed hash. A code never leaves as text but once.

13 characters of an alphabet of 32 without 0, O, 1, I (65 bits), then one check character: the 14 symbols, read as the
coefficients of a polynomial over GF(32), vanish at a primitive element. Every single error and every swap of two
characters within the code changes the sum, since the powers of that element are all distinct up to 31 positions.
"""

import re
import secrets
import unicodedata
from typing import NoReturn

from jalon.socle.acteurs import Profil
from jalon.socle.chiffre import empreinte
from jalon.socle.erreurs import SaisieRefusee

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGUEUR_TIREE = 13
LONGUEUR = LONGUEUR_TIREE + 1
_VALEURS = {signe: valeur for valeur, signe in enumerate(ALPHABET)}
_POLYNOME = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_USAGE = "code-activation"


class Code:
    """A code in memory. Printing or logging it shows dots; `clair` is read by the typesetting alone."""

    __slots__ = ("clair",)

    def __init__(self, clair: str) -> None:
        self.clair = clair

    def __repr__(self) -> str:
        return "Code(••••)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("un code ne quitte pas la mémoire")

    def empreinte(self, siren: str, profil: Profil) -> str:
        """HMAC-SHA-256 bound to the SIREN and the profile (exigences, T1)."""
        return empreinte(f"{siren}|{profil.value}|{self.clair}", _USAGE)


def _doubler(valeur: int) -> int:
    double = valeur << 1
    return double ^ _POLYNOME if double & 0b100000 else double


def _somme(signes: str) -> int:
    somme = 0
    for signe in signes:
        somme = _doubler(somme) ^ _VALEURS[signe]
    return somme


def caractere_de_controle(tires: str) -> str:
    """The 14th character of 13 others."""
    return ALPHABET[_doubler(_somme(tires))]


def tirer_code() -> Code:
    """A new code, from the system's random source."""
    tires = "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR_TIREE))
    return Code(tires + caractere_de_controle(tires))


def lire_code(saisi: str) -> Code:
    """Read what was typed, in any case, with or without separators.

    Raises SaisieRefusee for what cannot be a code of any letter: its shape alone is judged, which everybody knows, so
    that a slip of the keyboard costs no try.
    """
    nu = re.sub(r"[\s.\-–—_\u00a0\u202f]", "", unicodedata.normalize("NFKC", saisi)).upper()
    if not nu:
        raise SaisieRefusee("Indiquez le code d’activation de votre lettre", champ="code")
    if any(signe not in _VALEURS for signe in nu):
        raise SaisieRefusee(
            "Le code ne comporte que des lettres et des chiffres, jamais 0, O, 1 ni I. Vérifiez chaque caractère",
            champ="code",
        )
    ecart = LONGUEUR - len(nu)
    if ecart:
        suite = f"il en manque {ecart}" if ecart > 0 else f"il y en a {-ecart} de trop"
        raise SaisieRefusee(f"Le code comporte {LONGUEUR} caractères, {suite}", champ="code")
    if _somme(nu):
        raise SaisieRefusee("Un caractère de ce code a été mal recopié. Vérifiez chaque caractère", champ="code")
    return Code(nu)


_DANS_UN_TEXTE = re.compile(
    rf"(?<![0-9A-Za-z])(?:[{ALPHABET}]{{4}}[\s\-–.]?){{3}}[{ALPHABET}]{{2}}(?![0-9A-Za-z])", re.IGNORECASE
)


def masquer_codes(texte: str) -> str:
    """A text somebody wrote, without the codes pasted in it: what has their shape and their check character."""

    def masquer(trouve: re.Match[str]) -> str:
        nu = re.sub(r"[\s\-–.]", "", trouve.group()).upper()
        return trouve.group() if _somme(nu) else "[code masqué]"

    return _DANS_UN_TEXTE.sub(masquer, texte)
