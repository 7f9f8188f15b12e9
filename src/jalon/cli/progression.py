"""How far a command is."""

import sys
import time
from types import TracebackType
from typing import NoReturn, Self

import click
from tqdm import tqdm

from jalon.organisations.sirene.fichiers import FichierSirene

SECONDES_ENTRE_LIGNES = 5.0
ETAPES = {"controle": "Contrôle", "import": "Import"}


def nombre(valeur: int) -> str:
    """« 12 345 »."""
    return f"{valeur:,}".replace(",", "\u00a0")


class Progression:
    """How far an import is: a bar on a terminal, otherwise a line every few seconds, on the error output."""

    def __init__(self) -> None:
        self._barre: tqdm[NoReturn] | None = None
        self._derniere = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None) -> None:
        self._fermer()

    def suivre(self, fichier: FichierSirene, etape: str, octets: int) -> None:
        """Told by the import: how many bytes of that file went through that step."""
        self.avancer(f"{ETAPES[etape]} de {fichier.chemin.name}", octets, fichier.taille, "o")

    def avancer(self, titre: str, faits: int, total: int, unite: str) -> None:
        """So many of `total` are done."""
        if sys.stderr.isatty():
            self._montrer(titre, faits, total, unite)
        elif time.monotonic() - self._derniere >= SECONDES_ENTRE_LIGNES:
            self._derniere = time.monotonic()
            click.echo(f"{titre}\u00a0: {faits * 100 // total}\u00a0%", err=True)

    def _montrer(self, titre: str, faits: int, total: int, unite: str) -> None:
        if self._barre is None or self._barre.desc != f"{titre}: ":
            self._fermer()
            self._barre = tqdm(desc=titre, total=total, unit=unite, unit_scale=True, file=sys.stderr)
        self._barre.update(faits - self._barre.n)

    def _fermer(self) -> None:
        if self._barre is not None:
            self._barre.close()
