"""Encrypted contents in a Django storage (a folder, or any S3): written whole or not at all, read by their owner only."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone

from jalon.socle.chiffre import chiffrer_octets, dechiffrer_octets

PROVISOIRE = ".provisoire"


class ContenuAbsent(RuntimeError):
    """The storage does not hold that key."""


def chemin(cle: str) -> str:
    """Where a key lies: two characters of folder, so that no folder grows without end."""
    return f"{cle[-2:]}/{cle}"


def ranger(coffre: str, cle: str, octets: bytes) -> None:
    """Encrypt for the key and write. In a folder: temporary file, fsync, rename, fsync of the folder."""
    stockage, jeton = storages[coffre], chiffrer_octets(octets, cle)
    if isinstance(stockage, FileSystemStorage):
        ecrire_durablement(Path(stockage.path(chemin(cle))), [jeton])
        return
    stockage.delete(chemin(cle))
    stockage.save(chemin(cle), ContentFile(jeton))


def lire(coffre: str, cle: str) -> bytes:
    """The content of a key. Raises ContenuAbsent, or ValeurIllisible when it was altered or belongs to another key."""
    try:
        with storages[coffre].open(chemin(cle), "rb") as fichier:
            return dechiffrer_octets(fichier.read(), cle)
    except FileNotFoundError as erreur:
        raise ContenuAbsent(f"{coffre} : contenu absent") from erreur


def retirer(coffre: str, cle: str) -> None:
    """Delete a content; nothing happens when it is gone already."""
    with contextlib.suppress(FileNotFoundError):
        storages[coffre].delete(chemin(cle))


def cles_anciennes(coffre: str, age: timedelta) -> Iterator[str]:
    """Keys written longer ago than `age`, by the clock of the machine that dates files (never the business clock)."""
    for nom in _anciens(coffre, age):
        if not nom.endswith(PROVISOIRE):
            yield nom.rpartition("/")[2]


def retirer_provisoires(coffre: str, age: timedelta) -> None:
    """Delete what a killed process had begun to write."""
    for nom in _anciens(coffre, age):
        if nom.endswith(PROVISOIRE):
            storages[coffre].delete(nom)


def _anciens(coffre: str, age: timedelta) -> Iterator[str]:
    stockage, limite = storages[coffre], timezone.now() - age
    for dossier in _dossiers(stockage):
        for nom in stockage.listdir(dossier)[1]:
            with contextlib.suppress(FileNotFoundError):
                if stockage.get_modified_time(f"{dossier}/{nom}") < limite:
                    yield f"{dossier}/{nom}"


def _dossiers(stockage: Storage) -> list[str]:
    try:
        return stockage.listdir("")[0]
    except FileNotFoundError:
        return []


def ecrire_durablement(cible: Path, morceaux: Iterable[bytes]) -> None:
    """Temporary file, fsync, rename, fsync of the folder: whole under its name, or nothing."""
    cible.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = cible.with_name(f"{cible.name}.{os.getpid()}{PROVISOIRE}")
    try:
        descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descripteur, "wb") as fichier:
            for morceau in morceaux:
                fichier.write(morceau)
            fichier.flush()
            os.fsync(fichier.fileno())
        provisoire.replace(cible)
    except BaseException:
        provisoire.unlink(missing_ok=True)
        raise
    dossier = os.open(cible.parent, os.O_RDONLY)
    try:
        os.fsync(dossier)
    finally:
        os.close(dossier)
