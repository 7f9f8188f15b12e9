"""Acts at the same instant, each in its own thread and on its own connection: one that never ends fails the test, and never hangs it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from django.db import connection, connections

from jalon.socle.erreurs import ErreurMetier

DEPART = 60
"""Seconds to wait for the others at the start."""
PATIENCE = 180
"""Seconds for all of them together."""


def attendre(fils: Sequence[threading.Thread], patience: float = PATIENCE) -> None:
    """Wait for threads, all of them for so many seconds; one that still runs is an error."""
    fin = time.monotonic() + patience
    for fil in fils:
        fil.join(timeout=max(0.0, fin - time.monotonic()))
    assert [fil.name for fil in fils if fil.is_alive()] == [], "un fil ne finit pas"


def ensemble(actes: Sequence[Callable[[], object]], patience: float = PATIENCE) -> list[object]:
    """Run every act in its own thread, started together; gives what each returned, or the business error it met."""
    depart = threading.Barrier(len(actes))
    resultats: list[object] = [None] * len(actes)

    def courir(rang: int, acte: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            depart.wait(timeout=DEPART)
            resultats[rang] = acte()
        except Exception as erreur:  # noqa: BLE001
            resultats[rang] = erreur
        finally:
            connections.close_all()

    fils = [threading.Thread(target=courir, args=(rang, acte), daemon=True) for rang, acte in enumerate(actes)]
    for fil in fils:
        fil.start()
    attendre(fils, patience)
    inattendues = [r for r in resultats if isinstance(r, Exception) and not isinstance(r, ErreurMetier)]
    assert inattendues == []
    return resultats


def genres(resultats: Sequence[object]) -> Counter[str]:
    """How many of each kind of result."""
    return Counter(type(r).__name__ for r in resultats)
