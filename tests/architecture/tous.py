"""Where `tous("raison")` is asked: the list is reviewed, and kept in tous_autorises.txt.

`python -m tests.architecture.tous` writes it again; the difference is what a reviewer reads.
"""

import ast
from pathlib import Path

from tests.architecture.sources import Module, modules

LISTE = Path(__file__).with_name("tous_autorises.txt")


def _constantes(module: Module) -> dict[str, str]:
    """Texts given to a name, anywhere in the module."""
    return {
        cible.id: noeud.value.value
        for noeud in ast.walk(module.arbre)
        if isinstance(noeud, ast.Assign) and isinstance(noeud.value, ast.Constant) and isinstance(noeud.value.value, str)
        for cible in noeud.targets
        if isinstance(cible, ast.Name)
    }


def _raison(argument: ast.expr, constantes: dict[str, str]) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.Name) and argument.id in constantes:
        return constantes[argument.id]
    return "raison illisible : écrivez-la en toutes lettres"


def appels_a_tous() -> set[str]:
    """« path: reason » of every call, tests of the product apart."""
    trouves = set()
    for module in modules():
        if module.chemin == "socle/modeles.py":
            continue
        constantes = _constantes(module)
        for noeud in ast.walk(module.arbre):
            if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute) and noeud.func.attr == "tous":
                raison = _raison(noeud.args[0], constantes) if noeud.args else "sans raison"
                trouves.add(f"{module.chemin}: {raison}")
    return trouves


if __name__ == "__main__":
    LISTE.write_text("\n".join(sorted(appels_a_tous())) + "\n")
