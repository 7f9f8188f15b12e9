"""Counting tries: one atomic statement, in a transaction of its own, before anything is judged (exigences, T1, S3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

_COMPTER = """
    INSERT INTO habilitations_compteuressais AS c (genre, cle, jour, nombre) VALUES (%s, %s, %s, 1)
    ON CONFLICT (genre, cle, jour) DO UPDATE SET nombre = c.nombre + 1 WHERE c.nombre < %s
    RETURNING nombre
"""


@dataclass(frozen=True, slots=True)
class Limite:
    """At most `maximum` tries a day of `genre` for `cle`."""

    genre: str
    cle: str
    maximum: int


def consommer(limites: Sequence[Limite], jour: date) -> Limite | None:
    """Count one try against every limit, in that order; gives the first limit already reached, and then counts nothing.

    Durable: what follows may fail without giving the try back.
    """
    with transaction.atomic(durable=True):
        for limite in limites:
            with connection.cursor() as curseur:
                curseur.execute(_COMPTER, [limite.genre, limite.cle, jour, limite.maximum])
                if curseur.fetchone() is None:
                    transaction.set_rollback(True)
                    return limite
    return None
