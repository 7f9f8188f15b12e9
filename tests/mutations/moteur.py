"""Run the tests that cross a function once for each fault slipped into it. Processes are forked: Django is loaded once."""

import contextlib
import functools
import importlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests import base_de_tests
from tests.mutations.carte import OPTIONS, RACINE, Carte, constante
from tests.mutations.fautes import Faute, fauter

SOURCES = RACINE / "src"
SECONDES_DE_CALCUL = 30
ATTENTE = 180.0
"""A fault that loops is stopped by the computing time that it takes; one that waits for a lock, by the clock."""
PREMIERS = 15
"""Tests of the first round, the quickest: most faults die there."""
_ENVELOPPES: Mapping[type, tuple[str, ...]] = {
    property: ("fget",), cached_property: ("func",), classmethod: ("__func__",), staticmethod: ("__func__",),
    FunctionType: ("__wrapped__",), functools._lru_cache_wrapper: ("__wrapped__",),
}  # fmt: skip


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
    for interieur in code.co_consts:
        if isinstance(interieur, CodeType):
            yield from _codes(interieur)


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
