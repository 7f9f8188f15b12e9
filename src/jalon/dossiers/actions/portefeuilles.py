"""Requests, and what hangs on them, follow their company when it changes portefeuille."""

from collections.abc import Callable, Sequence

from django.db import connection

from jalon.dossiers.models import Dossier

SUITES = ("dossiers_piecedeposee", "dossiers_versioncontenu", "dossiers_demandecomplement", "dossiers_demandemodification")
SUIVRE = """
    UPDATE {table} t SET portefeuille_id = o.portefeuille_id{marques}
    FROM organisations_organisation o
    WHERE t.siren = ANY(%s::text[]) AND o.siren = t.siren AND t.portefeuille_id IS DISTINCT FROM o.portefeuille_id
"""
SUIVRE_LE_DOSSIER = "UPDATE {table} SET portefeuille_id = %s WHERE dossier_id = %s"
MARQUES = """, recherche = ts_delete(t.recherche, 'p:' || t.portefeuille_id::text)
        || array_to_tsvector(ARRAY['p:' || o.portefeuille_id::text])"""


class _Suites:
    tables: tuple[str, ...] = SUITES


def suivi_de_la_table(table: str) -> Callable[[Sequence[str]], None]:
    """What to register in `organisations.portefeuilles` for a table of ours that carries a portée."""

    def suivre(sirens: Sequence[str]) -> None:
        """Copy the new portefeuille of these companies, in the transaction of the change."""
        _recopier(table, "", sirens)

    return suivre


def suivi_d_une_suite(table: str) -> Callable[[Sequence[str]], None]:
    """The same, for a table whose rows hang on a request (`dossier_id`): they also follow it to another portefeuille."""
    if table not in _Suites.tables:
        _Suites.tables = (*_Suites.tables, table)
    return suivi_de_la_table(table)


def suivre_le_dossier(dossier: Dossier) -> None:
    """What hangs on a request that changed company stays with the former one, and is read by the adviser who follows the request now."""
    with connection.cursor() as curseur:
        for table in _Suites.tables:
            curseur.execute(SUIVRE_LE_DOSSIER.format(table=table), [dossier.portefeuille_id, dossier.pk])


def suivre_les_portefeuilles(sirens: Sequence[str]) -> None:
    """Copy the new portefeuille of these companies onto their requests, words of the perimeter included."""
    _recopier("dossiers_dossier", MARQUES, sirens)
    for table in SUITES:
        _recopier(table, "", sirens)


def _recopier(table: str, marques: str, sirens: Sequence[str]) -> None:
    with connection.cursor() as curseur:
        curseur.execute(SUIVRE.format(table=table, marques=marques), [list(sirens)])
