"""Names that rows already written hold: kinds of e-mail, events, jobs, values of enums. `python -m tests.architecture.noms` writes the list again."""

import importlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import django
from procrastinate.contrib.django import app

LISTE = Path(__file__).with_name("noms_ecrits.txt")
RACINE = Path(__file__).parents[2] / "src" / "jalon"
A_PART = ("essai", "procrastinate.", "builtin")
"""Those of the tests, and of the library of jobs."""


def _valeurs() -> Iterator[str]:
    """« banque.EtatCoordonnees.gelee », of every enum of every app."""
    for fichier in sorted(RACINE.glob("*/enums.py")):
        module = importlib.import_module(f"jalon.{fichier.parent.name}.enums")
        for classe in vars(module).values():
            if isinstance(classe, type) and issubclass(classe, Enum) and classe.__module__ == module.__name__:
                yield from (f"{fichier.parent.name}.{classe.__name__}.{membre.value}" for membre in classe)


def noms_du_produit() -> list[str]:
    """« courriel », « evenement », « travail » or « valeur », then the name."""
    from jalon.courriers.messages import genres
    from jalon.journal.libelles import _LIBELLES

    lots = {"courriel": genres(), "evenement": _LIBELLES, "travail": app.tasks, "valeur": _valeurs()}
    return sorted(f"{genre} {nom}" for genre, noms in lots.items() for nom in noms if not nom.startswith(A_PART))


if __name__ == "__main__":
    import tests.base_de_tests  # noqa: F401  (the settings of the tests)

    django.setup()
    LISTE.write_text("\n".join(noms_du_produit()) + "\n")
