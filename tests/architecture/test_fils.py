"""Tests with threads and processes: whatever never ends must fail, not hang the whole run."""

import ast
from pathlib import Path

ESSAIS = Path(__file__).parents[1]
POUR_TOUJOURS = {"pannes/ouvrier.py"}
"""A worker that stands still until the test kills its process."""


def _appels() -> list[tuple[str, ast.Call]]:
    return [
        (str(fichier.relative_to(ESSAIS)), noeud)
        for fichier in sorted(ESSAIS.rglob("*.py"))
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Call)
    ]


def _nom(appel: ast.Call) -> str:
    return getattr(appel.func, "attr", getattr(appel.func, "id", ""))


def test_aucune_attente_n_est_sans_limite() -> None:
    """`join()`, `wait()`, `result()` and `communicate()` say how long."""
    fautes = [
        f"{fichier}:{appel.lineno} {_nom(appel)}()"
        for fichier, appel in _appels()
        if _nom(appel) in {"join", "wait", "result", "communicate"}
        and isinstance(appel.func, ast.Attribute)
        and not appel.args
        and not any(mot.arg == "timeout" for mot in appel.keywords)
        and fichier not in POUR_TOUJOURS
    ]
    assert fautes == []


def test_un_fil_oublie_ne_retient_pas_le_processus() -> None:
    fautes = [
        f"{fichier}:{appel.lineno}"
        for fichier, appel in _appels()
        if _nom(appel) == "Thread" and not any(mot.arg == "daemon" for mot in appel.keywords)
    ]
    assert fautes == []
