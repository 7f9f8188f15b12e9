"""Tables of the same shape as the product's, in a schema of their own, for a measure that writes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


@contextmanager
def tables_a_part(proprietaire: str, schema: str, tables: Sequence[str], copie: str) -> Iterator[psycopg.Connection]:
    """Empty tables of the same shape, found first by the application's connection, and dropped at the end.

    `copie`: the one that is also made bare, without index, under that name « copie », for a COPY to be compared with.
    """
    nom, role = sql.Identifier(schema), sql.Identifier(settings.JALON_ROLE_APP)
    with psycopg.connect(proprietaire, autocommit=True) as administration:
        administration.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(nom))
        administration.execute(sql.SQL("CREATE SCHEMA {}").format(nom))
        try:
            for table in map(sql.Identifier, tables):
                administration.execute(sql.SQL("CREATE TABLE {}.{} (LIKE public.{} INCLUDING ALL)").format(nom, table, table))
            administration.execute(
                sql.SQL("CREATE TABLE {}.copie AS SELECT * FROM public.{} WITH NO DATA").format(nom, sql.Identifier(copie))
            )
            administration.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(nom, role))
            administration.execute(sql.SQL("GRANT ALL ON ALL TABLES IN SCHEMA {} TO {}").format(nom, role))
            administration.execute(sql.SQL("GRANT ALL ON ALL SEQUENCES IN SCHEMA {} TO {}").format(nom, role))
            with connection.cursor() as curseur:
                curseur.execute(sql.SQL("SET search_path = {}, public").format(nom))
            yield administration
        finally:
            connection.close()
            administration.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(nom))
