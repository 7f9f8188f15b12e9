"""One fault in what a module does when it is imported: a process of its own, where the module is read with the fault.

python -m tests.mutations.froid <file> <rank of the fault> <file that lists the tests>
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutations.carte import OPTIONS
from tests.mutations.fautes import fauter
from tests.mutations.moteur import borner, nom_du_module


class _Fautif(importlib.machinery.SourceFileLoader):
    def __init__(self, nom: str, chemin: str, rang: int) -> None:
        super().__init__(nom, chemin)
        self._rang = rang

    def get_code(self, fullname: str) -> CodeType:
        return compile(fauter(Path(self.path).read_text(), self._rang), self.path, "exec")


class _Chercheur(importlib.abc.MetaPathFinder):
    def __init__(self, fichier: Path, rang: int) -> None:
        self._nom, self._fichier, self._rang = nom_du_module(fichier), fichier, rang

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._nom:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._fichier, loader=_Fautif(fullname, str(self._fichier), self._rang)
        )


if __name__ == "__main__":
    fichier, rang, liste = sys.argv[1:]
    borner()
    sys.meta_path.insert(0, _Chercheur(Path(fichier), int(rang)))
    sys.exit(pytest.main([*OPTIONS, *Path(liste).read_text().splitlines()]))
