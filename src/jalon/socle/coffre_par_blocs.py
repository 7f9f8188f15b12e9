"""Large encrypted contents: written and read block by block, never whole in memory.

Each block is encrypted for « key:rank », the last one for « key:rank:fin »: a block moved, doubled or missing cannot be read.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from jalon.socle.chiffre import ValeurIllisible, chiffrer_octets, dechiffrer_octets
from jalon.socle.coffre import ContenuAbsent, chemin, ecrire_durablement

BLOC = 1024 * 1024
ENTETE = 4
"""Bytes that say how long the encrypted block is."""
BLOC_CHIFFRE_AU_PLUS = 2 * BLOC


def ranger_flux(coffre: str, cle: str, source: IO[bytes]) -> None:
    """Encrypt what is left to read of `source` and write it under the key, whole or not at all."""
    stockage = storages[coffre]
    if isinstance(stockage, FileSystemStorage):
        ecrire_durablement(Path(stockage.path(chemin(cle))), _chiffrer(cle, source))
        return
    with tempfile.TemporaryFile() as chiffre:
        for morceau in _chiffrer(cle, source):
            chiffre.write(morceau)
        chiffre.seek(0)
        stockage.delete(chemin(cle))
        stockage.save(chemin(cle), File(chiffre))


def lire_flux(coffre: str, cle: str) -> Iterator[bytes]:
    """The content of a key, block by block; opened when the first is asked.

    Raises ContenuAbsent at once; ValeurIllisible at the block that was altered, moved or cut.
    """
    if not storages[coffre].exists(chemin(cle)):
        raise ContenuAbsent(f"{coffre} : contenu absent")
    return _dechiffrer(coffre, cle)


def _proprietaire(cle: str, rang: int, *, dernier: bool) -> str:
    return f"{cle}:{rang}:fin" if dernier else f"{cle}:{rang}"


def _chiffrer(cle: str, source: IO[bytes]) -> Iterator[bytes]:
    rang, bloc = 0, source.read(BLOC)
    while True:
        suivant = source.read(BLOC)
        jeton = chiffrer_octets(bloc, _proprietaire(cle, rang, dernier=not suivant))
        yield len(jeton).to_bytes(ENTETE, "big") + jeton
        if not suivant:
            return
        rang, bloc = rang + 1, suivant


def _dechiffrer(coffre: str, cle: str) -> Iterator[bytes]:
    with storages[coffre].open(chemin(cle), "rb") as fichier:
        rang, jeton = 0, _jeton(fichier)
        while jeton:
            suivant = _jeton(fichier)
            yield dechiffrer_octets(jeton, _proprietaire(cle, rang, dernier=not suivant))
            rang, jeton = rang + 1, suivant
        if not rang:
            raise ValeurIllisible("Contenu vide")


def _jeton(fichier: IO[bytes]) -> bytes:
    """The next encrypted block; empty at the end."""
    longueur = int.from_bytes(fichier.read(ENTETE), "big")
    if longueur > BLOC_CHIFFRE_AU_PLUS:
        raise ValeurIllisible("Bloc démesuré")
    return fichier.read(longueur) if longueur else b""
