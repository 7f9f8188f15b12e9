"""Which tests cross which function: the map is drawn once, kept beside the results, and only what changed is drawn again."""

import ast
import functools
import hashlib
import importlib
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import django
import pytest
from django.db import connections

from tests import base_de_tests
from tests.mutations.fautes import Faute

RACINE = Path(__file__).parents[2]
OPTIONS = ("-q", "-x", "--no-header", "-p", "no:randomly", "-W", "ignore::pytest.PytestAssertRewriteWarning")


@dataclass
class Carte:
    """Which tests cross which function of which file, and how long each test lasts."""

    traverses: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    durees: dict[str, float] = field(default_factory=dict)

    def essais(self, fichier: Path, faute: Faute) -> list[str]:
        """Tests of a function; for what runs at import, those of the whole file, and every test that names what is changed.

        First the tests that name it, then the quickest.
        """
        fonction, mot = faute.fonction, faute.fonction.rpartition(".")[2] or constante(fichier, faute) or fichier.stem
        tous = {
            e for (f, nom), lot in self.traverses.items() if f == str(fichier) and (not fonction or nom == fonction) for e in lot
        }
        proches = {e for nom in {e.partition("::")[0] for e in self.durees} for e in _qui_nomment(nom, mot)}
        if not fonction:
            tous |= {e for e in self.durees if e.partition("[")[0] in proches}
        return sorted(tous, key=lambda e: (e.partition("[")[0] not in proches, self.durees.get(e, 0.0), e))


@functools.cache
def _qui_nomment(module: str, mot: str) -> frozenset[str]:
    """Tests of a file whose own text has that word."""
    morceaux = (RACINE / module).read_text().split("\ndef ")[1:]
    return frozenset(f"{module}::{m.partition('(')[0]}" for m in morceaux if m.startswith("test_") and mot in m)


class _Arpenteur:
    """Plugin of pytest: notes the functions that each test crosses, threads included."""

    def __init__(self, carte: Carte, fichiers: Iterable[str]) -> None:
        self.carte = carte
        self.rouges: list[str] = []
        self._fichiers = frozenset(fichiers)
        self._courant: set[tuple[str, str]] = set()

    def _noter(self, cadre: FrameType, evenement: str, _: Any) -> None:
        if evenement == "call" and cadre.f_code.co_filename in self._fichiers:
            self._courant.add((cadre.f_code.co_filename, _sans_interieur(cadre.f_code.co_qualname)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._courant = set()
        depart = time.monotonic()
        sys.setprofile(self._noter)
        threading.setprofile(self._noter)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
            self.carte.durees[item.nodeid] = time.monotonic() - depart
            for lieu in self._courant:
                self.carte.traverses[lieu].add(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.rouges.append(report.nodeid)


def _sans_interieur(nom: str) -> str:
    return nom.partition(".<locals>")[0]


def arpenter(essais: Sequence[str], fichiers: Sequence[Path], gardee: Path) -> Carte:
    """Run every test once, on the product as it is; the map is kept: next time, only the files of tests that changed are run.

    In a forked process: a library that keeps threads of its own once used (the typesetter) would be dead in those forked after it,
    and a test collected twice by pytest changes its name where a case has an accent.
    Raises RuntimeError if a test is red.
    """
    base_de_tests.demarrer_grappe()
    modules = _modules(essais)
    fils = os.fork()
    if fils == 0:
        _arpenter_a_part(modules, fichiers, gardee)
    if os.waitstatus_to_exitcode(os.waitpid(fils, 0)[1]):
        raise RuntimeError("la carte n’a pas pu être dressée : voir les essais rouges ci-dessus")
    django.setup()
    for nom in modules:
        importlib.import_module(".".join(Path(nom).with_suffix("").parts))
    _sans_fils()
    return _carte_de(json.loads(gardee.read_text()), modules)


def _arpenter_a_part(modules: Mapping[str, str], fichiers: Sequence[Path], gardee: Path) -> None:
    """Draw the map, write it, leave."""
    statut = 1
    try:
        produit = _empreinte(fichiers)
        lue = json.loads(gardee.read_text()) if gardee.exists() else {}
        connus = lue.get("modules", {}) if lue.get("produit") == produit else {}
        carte = _carte_de(lue, {nom for nom, trace in connus.items() if modules.get(nom) == trace})
        nouveaux = [nom for nom, trace in modules.items() if connus.get(nom) != trace]
        arpenteur = _Arpenteur(carte, (str(f) for f in fichiers))
        if nouveaux:
            pytest.main([*(o for o in OPTIONS if o != "-x"), "-m", "not nuit", *nouveaux], plugins=[arpenteur])
        if not arpenteur.rouges:
            traverses = [(f, nom, sorted(lot)) for (f, nom), lot in carte.traverses.items()]
            ecrite = {"produit": produit, "modules": dict(modules), "traverses": traverses, "durees": carte.durees}
            gardee.write_text(json.dumps(ecrite))
            statut = 0
    finally:
        sys.stdout.flush()
        os._exit(statut)


def _modules(essais: Sequence[str]) -> dict[str, str]:
    """Files of tests asked for, each with its digest."""
    chemins = [f for e in essais for f in (sorted((RACINE / e).rglob("test_*.py")) if (RACINE / e).is_dir() else [RACINE / e])]
    return {str(f.relative_to(RACINE)): hashlib.sha256(f.read_bytes()).hexdigest() for f in chemins}


def _carte_de(lue: Mapping[str, Any], gardes: Collection[str]) -> Carte:
    """What is known of the files of tests that did not change."""
    carte = Carte()
    for fichier, nom, lot in lue.get("traverses", ()):
        carte.traverses[fichier, nom] |= {e for e in lot if e.partition("::")[0] in gardes}
    carte.durees |= {e: d for e, d in lue.get("durees", {}).items() if e.partition("::")[0] in gardes}
    return carte


def _empreinte(fichiers: Sequence[Path]) -> str:
    """Changes with the product, with what the tests are made of, with the modules looked at."""
    condense = hashlib.sha256("\n".join(str(f) for f in fichiers).encode())
    for source in sorted(f for dossier in ("src", "tests") for f in (RACINE / dossier).rglob("*.py")):
        if source.parent != Path(__file__).parent and not source.name.startswith("test_"):
            condense.update(source.read_bytes())
    return condense.hexdigest()


def _sans_fils() -> None:
    """Leave no thread behind: a forked process would wait for ever for what only they can give (the pool of connections)."""
    for connexion in connections.all(initialized_only=True):
        connexion.close()
        connexion.close_pool()  # type: ignore[attr-defined]
    restants = [fil.name for fil in threading.enumerate() if fil is not threading.main_thread()]
    if restants:
        raise RuntimeError(f"fils encore en vie : {restants}")


def constante(fichier: Path, faute: Faute) -> str:
    """The name that a fault outside any function changes, if it is one name of the module; else nothing."""
    for ligne in ast.parse(fichier.read_text()).body:
        if ligne.lineno <= faute.ligne <= (ligne.end_lineno or 0) and isinstance(ligne, ast.Assign | ast.AnnAssign):
            cible = ligne.targets[0] if isinstance(ligne, ast.Assign) else ligne.target
            return cible.id if isinstance(cible, ast.Name) else ""
    return ""
