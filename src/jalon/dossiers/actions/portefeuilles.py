"""Requests, and what hangs on them, follow their company when it changes portefeuille."""

from collections.abc import Callable, Sequence

from django.db import connection

SUITES = ("dossiers_piecedeposee", "dossiers_versioncontenu", "dossiers_demandecomplement", "dossiers_demandemodification")
SUIVRE = """
    UPDATE {table} t SET portefeuille_id = o.portefeuille_id{marques}
    FROM organisations_organisation o
    WHERE t.siren = ANY(%s::text[]) AND o.siren = t.siren AND t.portefeuille_id IS DISTINCT FROM o.portefeuille_id
"""
MARQUES = """, recherche = ts_delete(t.recherche, 'p:' || t.portefeuille_id::text)
        || array_to_tsvector(ARRAY['p:' || o.portefeuille_id::text])"""


def suivi_de_la_table(table: str) -> Callable[[Sequence[str]], None]:
    """What to register in `organisations.portefeuilles` for a table of ours that carries a portée."""

    def suivre(sirens: Sequence[str]) -> None:
        """Copy the new portefeuille of these companies, in the transaction of the change."""
        _recopier(table, "", sirens)

    return suivre


def suivre_les_portefeuilles(sirens: Sequence[str]) -> None:
    """Copy the new portefeuille of these companies onto their requests, words of the perimeter included."""
    _recopier("dossiers_dossier", MARQUES, sirens)
    for table in SUITES:
        _recopier(table, "", sirens)


def _recopier(table: str, marques: str, sirens: Sequence[str]) -> None:
    with connection.cursor() as curseur:
        curseur.execute(SUIVRE.format(table=table, marques=marques), [list(sirens)])
