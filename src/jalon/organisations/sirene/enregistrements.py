"""Physical lines of a slice to values. Quotes are rare in the register: only the lines that hold one go through the csv module."""

import csv
from bisect import bisect_left
from itertools import pairwise

LIGNES_D_UN_ENREGISTREMENT = 20
MASQUE = b"[ND]"


class Enregistrements:
    """One record per physical line. A value with line breaks is sewn onto the first of its lines; the others are left empty.

    Values are ready for the text format of COPY: masked ones empty, backslashes doubled, no tab nor line break.
    """

    def __init__(self, octets: bytes, separateur: str, nombre: int) -> None:
        self._separateur = separateur
        self._nombre = nombre
        propre = octets.replace(MASQUE, b"").replace(b"\\", b"\\\\").replace(b"\t", b" ").replace(b"\r", b"")
        self._lignes = propre.split(b"\n")
        if not self._lignes[-1]:
            self._lignes.pop()
        self._citations = _lignes_a_guillemets(propre)
        self._coudre()

    def __len__(self) -> int:
        return len(self._lignes)

    def valeurs(self, debut: int, fin: int) -> list[list[bytes]]:
        """Values of some lines; an empty line gives one empty value, a line that cannot be read gives none."""
        separateur = self._separateur.encode()
        valeurs = [ligne.split(separateur) for ligne in self._lignes[debut:fin]]
        for rang in self._citations[bisect_left(self._citations, debut) : bisect_left(self._citations, fin)]:
            valeurs[rang - debut] = self._lire(self._lignes[rang])
        return valeurs

    def _coudre(self) -> None:
        impaires = [rang for rang in self._citations if self._lignes[rang].count(b'"') % 2]
        for debut, fin in pairwise(impaires):
            if fin - debut >= LIGNES_D_UN_ENREGISTREMENT or not self._lignes[debut]:
                continue
            entiere = b" ".join(self._lignes[debut : fin + 1])
            if len(self._lire(entiere)) == self._nombre:
                self._lignes[debut : fin + 1] = [entiere] + [b""] * (fin - debut)
        self._citations = [rang for rang in self._citations if self._lignes[rang]]

    def _lire(self, ligne: bytes) -> list[bytes]:
        try:
            return [valeur.encode() for valeur in next(csv.reader([ligne.decode()], delimiter=self._separateur))]
        except csv.Error:
            return []


def _lignes_a_guillemets(octets: bytes) -> list[int]:
    """Ranks of the lines that hold a quote."""
    rangs = []
    rang = debut = 0
    while (guillemet := octets.find(b'"', debut)) >= 0:
        rang += octets.count(b"\n", debut, guillemet)
        rangs.append(rang)
        debut = octets.find(b"\n", guillemet)
        if debut < 0:
            break
    return rangs
