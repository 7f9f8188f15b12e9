"""The real `jalon worker`, except that a job which reaches one of the points given stands still there for ever.

`python -m tests.pannes.ouvrier TEMOIN SIMULTANES POINT…`: the test reads in TEMOIN the points reached, then kills the
process, exactly there. A point is « module:fonction/avant » or « module:fonction/apres », then « /n » for the n-th call;
calls by the code of that module alone are counted. This worker takes nothing over from the dead: what they had in hand
stays there, for the ordinary worker to find.
"""

import functools
import itertools
import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django


def poser(point: str, temoin: str) -> None:
    """Put a halt before or after a function of the product."""
    cible, moment, *rang = point.split("/")
    module, _, chemin = cible.partition(":")
    *parents, nom = chemin.split(".")
    proprietaire: Any = functools.reduce(getattr, parents, import_module(module))
    vraie = getattr(proprietaire, nom)
    arret = int(rang[0]) if rang else 1
    appels = itertools.count(1)

    def tenir() -> None:
        descripteur = os.open(temoin, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descripteur, f"{point}\n".encode())
        threading.Event().wait()

    @functools.wraps(vraie)
    def doublure(*args: Any, **kwargs: Any) -> Any:
        ici = sys._getframe(1).f_globals["__name__"] == module and next(appels) == arret
        if ici and moment == "avant":
            tenir()
        rendu = vraie(*args, **kwargs)
        if ici:
            tenir()
        return rendu

    setattr(proprietaire, nom, doublure)


def main(temoin: str, simultanes: str, *points: str) -> None:
    """Put the halts, then become `jalon worker`."""
    django.setup()
    ouvrier: Any = import_module("jalon.cli.worker")
    rien: Callable[[], int] = int
    ouvrier.relancer_travaux_interrompus = rien
    for point in points:
        poser(point, temoin)
    ouvrier.commande(["--simultanes", simultanes])


if __name__ == "__main__":
    main(*sys.argv[1:])
