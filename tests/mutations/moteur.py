"""Run the tests that cross a function once for each fault slipped into it. Processes are forked: Django is loaded once."""

import ast
import contextlib
import functools
import hashlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import django
import pytest
from django.db import connections

from tests import base_de_tests
from tests.mutations.fautes import Faute, fauter

RACINE = Path(__file__).parents[2]
SOURCES = RACINE / "src"
OPTIONS = ("-q", "-x", "--no-header", "-p", "no:randomly", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SECONDES_DE_CALCUL = 30
ATTENTE = 180.0
"""A fault that loops is stopped by the computing time that it takes; one that waits for a lock, by the clock."""
PREMIERS = 15
"""Tests of the first round, the quickest: most faults die there."""
_ENVELOPPES: Mapping[type, tuple[str, ...]] = {
    property: ("fget",), cached_property: ("func",), classmethod: ("__func__",), staticmethod: ("__func__",),
    FunctionType: ("__wrapped__",), functools._lru_cache_wrapper: ("__wrapped__",),
}  # fmt: skip


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


def temoin_vert(fichier: Path, faute: Faute, carte: Carte, plafond: int) -> bool:
    """Whether the first tests of that fault are green, in the same forked process, without it: only then does it count as killed.

    Without any test there is nothing to doubt.
    """
    essais = carte.essais(fichier, faute)[: min(plafond, PREMIERS)]
    if not essais:
        return True
    fils = os.fork()
    if fils == 0:
        _fils(essais, lambda: None)
    return _attendre(fils) == "survit"


def juger(fichier: Path, faute: Faute, carte: Carte, plafond: int) -> tuple[str, int]:
    """« tuée », « délai » (the tests do not end any more), « survit » or « sans essai »; and how many tests were due.

    No more than `plafond` tests, the quickest, are tried: a survivor may be killed by a slower one, never the reverse.
    """
    essais = carte.essais(fichier, faute)[:plafond]
    if not essais:
        return "sans essai", 0
    for lot in (essais[:PREMIERS], essais[PREMIERS:]):
        if lot:
            a_chaud = faute.fonction or constante(fichier, faute)
            issue = _a_chaud(fichier, faute, lot) if a_chaud else _a_froid(fichier, faute, lot)
            if issue != "survit":
                return issue, len(essais)
    return "survit", len(essais)


def _a_chaud(fichier: Path, faute: Faute, essais: Sequence[str]) -> str:
    fils = os.fork()
    if fils == 0:
        _fils(essais, lambda: (_remplacer if faute.fonction else _reposer)(fichier, faute))
    return _attendre(fils)


def _fils(essais: Sequence[str], fauter_ici: Callable[[], None]) -> None:
    """In the forked process: put the fault where it belongs, run, leave without cleaning anything."""
    statut = 3
    try:
        os.setsid()
        _taire()
        borner()
        fauter_ici()
        statut = int(pytest.main([*OPTIONS, *essais]))
    except BaseException:  # noqa: BLE001
        statut = 1
    finally:
        os._exit(statut)


def borner() -> None:
    """Bound the computing time of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES_DE_CALCUL, SECONDES_DE_CALCUL + 5))


def _a_froid(fichier: Path, faute: Faute, essais: Sequence[str]) -> str:
    """A new process, which imports the faulty module."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=base_de_tests.DOSSIER) as liste:
        liste.write("\n".join(essais))
        liste.flush()
        commande = [sys.executable, "-m", "tests.mutations.froid", str(fichier), str(faute.rang), liste.name]
        environnement = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(base_de_tests.DOSSIER / "pyc")}
        processus = subprocess.Popen(
            commande, cwd=RACINE, env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        return _attendre(processus.pid)


def _attendre(fils: int) -> str:
    limite = time.monotonic() + ATTENTE
    while time.monotonic() < limite:
        fini, statut = os.waitpid(fils, os.WNOHANG)
        if fini:
            code = os.waitstatus_to_exitcode(statut)
            return "délai" if code == -signal.SIGXCPU else "tuée" if code else "survit"
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(fils, signal.SIGKILL)
    os.waitpid(fils, 0)
    return "délai"


def _taire() -> None:
    rien = os.open(os.devnull, os.O_RDWR)
    for descripteur in (0, 1, 2):
        os.dup2(rien, descripteur)


def _remplacer(fichier: Path, faute: Faute) -> None:
    """Give the function the code compiled from the faulty module: every name bound to it now runs the fault."""
    code = compile(fauter(fichier.read_text(), faute.rang), str(fichier), "exec")
    nouveau = next(c for c in _codes(code) if c.co_qualname == faute.fonction)
    fonctions = [
        f for f in _fonctions(importlib.import_module(nom_du_module(fichier))) if f.__code__.co_qualname == faute.fonction
    ]
    for fonction in fonctions:
        fonction.__code__ = nouveau
    if not fonctions:
        raise LookupError(faute.fonction)


def constante(fichier: Path, faute: Faute) -> str:
    """The name that a fault outside any function changes, if it is one name of the module; else nothing."""
    for ligne in ast.parse(fichier.read_text()).body:
        if ligne.lineno <= faute.ligne <= (ligne.end_lineno or 0) and isinstance(ligne, ast.Assign | ast.AnnAssign):
            cible = ligne.targets[0] if isinstance(ligne, ast.Assign) else ligne.target
            return cible.id if isinstance(cible, ast.Name) else ""
    return ""


def _reposer(fichier: Path, faute: Faute) -> None:
    """Read the faulty module apart, and give what its constant is worth there to every module that has it."""
    vrai, nom = importlib.import_module(nom_du_module(fichier)), constante(fichier, faute)
    espace: dict[str, Any] = {"__name__": vrai.__name__, "__file__": vrai.__file__}
    exec(compile(fauter(fichier.read_text(), faute.rang), str(fichier), "exec"), espace)  # noqa: S102
    ancien = getattr(vrai, nom)
    for module in [m for m in sys.modules.values() if getattr(m, nom, None) is ancien]:
        setattr(module, nom, espace[nom])


def nom_du_module(fichier: Path) -> str:
    """« jalon.habilitations.codes » of its file."""
    return ".".join(fichier.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constante in code.co_consts:
        if isinstance(constante, CodeType):
            yield from _codes(constante)


def _fonctions(module: Any) -> Iterator[FunctionType]:
    """Functions and methods written in a module, whatever wraps them."""
    a_voir, vues = list(vars(module).values()), set()
    while a_voir:
        objet = a_voir.pop()
        if id(objet) in vues:
            continue
        vues.add(id(objet))
        if isinstance(objet, FunctionType) and objet.__code__.co_filename == module.__file__:
            yield objet
        if isinstance(objet, type) and objet.__module__ == module.__name__:
            a_voir += vars(objet).values()
        a_voir += [getattr(objet, nom) for nom in _ENVELOPPES.get(type(objet), ()) if hasattr(objet, nom)]
