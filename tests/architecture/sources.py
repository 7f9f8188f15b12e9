"""The source code as syntax trees, for the invariants that a linter cannot see."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

RACINE = Path(__file__).parents[2]
JALON = RACINE / "src" / "jalon"


@dataclass(frozen=True)
class Module:
    """One file of ours, migrations apart."""

    chemin: str
    lignes: int
    arbre: ast.Module

    @property
    def app(self) -> str:
        """First folder under jalon."""
        return self.chemin.partition("/")[0]

    @property
    def piece(self) -> str:
        """Room of the app: « actions » for `dossiers/actions.py` and `dossiers/actions/envoi.py` alike."""
        parties = self.chemin.removesuffix(".py").split("/")
        return parties[1] if len(parties) > 1 else parties[0]


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every module of src/jalon but the migrations."""
    trouves = []
    for fichier in sorted(JALON.rglob("*.py")):
        if "migrations" not in fichier.parts:
            texte = fichier.read_text()
            trouves.append(Module(str(fichier.relative_to(JALON)), texte.count("\n"), ast.parse(texte)))
    return tuple(trouves)


@lru_cache(maxsize=1)
def couches() -> tuple[frozenset[str], ...]:
    """The layers of pyproject.toml, the highest first; apps of one layer are independent."""
    contrat = tomllib.loads((RACINE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return tuple(frozenset(app.strip() for app in couche.split("|")) for couche in contrat["layers"])


def fonctions(arbre: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones included."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
            yield noeud


def nom_complet(noeud: ast.expr) -> str:
    """« a.b.c » of a chain of attributes; what is not a name is left out (« .filter »)."""
    if isinstance(noeud, ast.Attribute):
        return f"{nom_complet(noeud.value)}.{noeud.attr}"
    return noeud.id if isinstance(noeud, ast.Name) else ""


def appels(arbre: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the name of what is called."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call):
            yield nom_complet(noeud.func), noeud


def importations(arbre: ast.AST) -> Iterator[str]:
    """« module » and « module.nom » of every import."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            yield noeud.module
            yield from (f"{noeud.module}.{alias.name}" for alias in noeud.names)
