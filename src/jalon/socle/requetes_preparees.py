"""A cursor whose statements the server plans once per connection, for the few that every page runs (`docs/adr/0023`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def curseur_prepare() -> Iterator[CursorWrapper]:
    """Django's cursor with the parameters sent apart: once a connection has seen it a few times, it neither parses nor plans it.

    For a text that never changes, whose best plan does not depend on its parameters; every other query keeps `connection.cursor()`,
    and so does this one while queries are captured, which shows their text.
    """
    connection.ensure_connection()
    pilote = connection.connection
    habituel = pilote.cursor_factory
    pilote.cursor_factory = habituel if connection.queries_logged else ServerBindingCursor
    try:
        curseur = connection.cursor()
    finally:
        pilote.cursor_factory = habituel
    with curseur:
        yield curseur
