"""One line for what went wrong outside our code. Imported when something has gone wrong, so that `--help` stays light."""

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError
from django.db.utils import ProgrammingError

from jalon.config.embarque import GrappeImpossible
from jalon.config.environnement import ReglageManquant
from jalon.config.preparation import PreparationImpossible
from jalon.socle.erreurs import ErreurMetier

A_DIRE = (ErreurMetier, ReglageManquant, GrappeImpossible, PreparationImpossible, CommandError)


def phrase(erreur: BaseException) -> str | None:
    """The line to print, or None when the error is ours to mend."""
    if isinstance(erreur, A_DIRE):
        return str(erreur)
    if isinstance(erreur, ImproperlyConfigured):
        return f"Réglage incorrect\u00a0: {premiere_ligne(erreur)}"
    if isinstance(erreur, ProgrammingError) and isinstance(erreur.__cause__, psycopg.errors.UndefinedTable):
        return "La base n’est pas prête\u00a0: lancez «\u00a0jalon preparer-base\u00a0»."
    if isinstance(erreur, DatabaseError | psycopg.Error):
        return f"La base de données ne répond pas ou refuse\u00a0: {premiere_ligne(erreur)}"
    if isinstance(erreur, OSError) and erreur.filename:
        return f"«\u00a0{erreur.filename}\u00a0» n’est pas accessible\u00a0: {erreur.strerror}."
    return None


def premiere_ligne(erreur: BaseException) -> str:
    """What an error says, without what follows its first line."""
    return (str(erreur).strip() or type(erreur).__name__).splitlines()[0]
