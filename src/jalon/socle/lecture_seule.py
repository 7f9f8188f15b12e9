"""A stretch of code where the database itself refuses to write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def base_en_lecture_seule() -> Iterator[None]:
    """Inside, any write raises InternalError, whatever the code that tries; nothing is kept. May be nested in a transaction."""
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)
