"""A file of leaked passwords, searched without loading it.

Format: that of the best-known public list, « ordered by hash »: one line per password, 40 hexadecimal digits of its SHA-1
in upper case, sorted, then « : » and a count that we do not read. The list weighs tens of gigabytes: it cannot be packaged.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

LONGUEUR_EMPREINTE = 40
LIGNE_AU_PLUS = 80


def figure_dans(fichier: Path, mot_de_passe: str) -> bool:
    """Whether the password is in the list, in about forty reads of one line. Raises OSError when the file cannot be read."""
    cherchee = hashlib.sha1(mot_de_passe.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with fichier.open("rb") as lignes:
        bas, haut = 0, lignes.seek(0, 2)
        while bas < haut:
            milieu = (bas + haut) // 2
            debut, empreinte = _ligne_depuis(lignes, milieu)
            if empreinte == cherchee:
                return True
            if empreinte and empreinte < cherchee:
                bas = debut + LONGUEUR_EMPREINTE
            else:
                haut = milieu
        return _ligne_depuis(lignes, 0)[1] == cherchee


def _ligne_depuis(lignes: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at `place` or after: its place and its hash; empty at the end of the file."""
    lignes.seek(max(0, place - 1))
    if place:
        lignes.readline(LIGNE_AU_PLUS)
    debut = lignes.tell()
    return debut, lignes.readline(LIGNE_AU_PLUS)[:LONGUEUR_EMPREINTE].upper()
