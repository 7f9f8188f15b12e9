"""Names that rows already written hold: kinds of e-mail, events, jobs. `python -m tests.architecture.noms` writes the list again."""

from pathlib import Path

import django
from procrastinate.contrib.django import app

LISTE = Path(__file__).with_name("noms_ecrits.txt")
A_PART = ("essai", "procrastinate.", "builtin")
"""Those of the tests, and of the library of jobs."""


def noms_du_produit() -> list[str]:
    """« courriel », « evenement » or « travail », then the name."""
    from jalon.courriers.messages import genres
    from jalon.journal.libelles import _LIBELLES

    lots = {"courriel": genres(), "evenement": _LIBELLES, "travail": app.tasks}
    return sorted(f"{genre} {nom}" for genre, noms in lots.items() for nom in noms if not nom.startswith(A_PART))


if __name__ == "__main__":
    import tests.base_de_tests  # noqa: F401  (the settings of the tests)

    django.setup()
    LISTE.write_text("\n".join(noms_du_produit()) + "\n")
