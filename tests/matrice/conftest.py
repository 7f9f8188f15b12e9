"""The world is made once per process, in a database of its own; what a module writes there is undone, on a stopped clock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.base_de_tests import copier_modele
from tests.conftest import diriger_vers, nom_base
from tests.dispositifs.second import second_dispositif
from tests.matrice.monde import MAINTENANT, Monde, batir, document_conserve
from tests.matrice.requetes import bloc_d_essai


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """The world of a module of tests; refusals are not told in the traces, one by one."""
    with pytest.MonkeyPatch.context() as rustine, monde_bati(django_db_blocker, "matrice") as bati:
        rustine.setattr(logging.getLogger("django.request"), "disabled", True)
        yield bati


@contextmanager
def monde_bati(django_db_blocker: DjangoDbBlocker, suffixe: str) -> Iterator[Monde]:
    """Every role and every object; what a test writes is its own matter (`essai` undoes it)."""
    base = f"{nom_base()}_{suffixe}"
    with django_db_blocker.unblock(), _le_jour_dit():
        bati = _batir_dans(base)
        diriger_vers(base)
        with bloc_d_essai():
            yield bati
            transaction.set_rollback(True)
        diriger_vers(nom_base())


@cache
def _batir_dans(base: str) -> Monde:
    """The world, committed; nothing that waits for the commit is run, and no job waits: `/readyz` reads their age."""
    copier_modele(base)
    diriger_vers(base)
    with bloc_d_essai():
        bati = batir()
        connection.run_on_commit = []
        connection.cursor().execute("DELETE FROM procrastinate_jobs")
    return bati


@contextmanager
def _le_jour_dit() -> Iterator[None]:
    """Documents are kept without their inspection, which has its own tests."""
    with pytest.MonkeyPatch.context() as rustine, time_machine.travel(MAINTENANT, tick=False), second_dispositif():
        rustine.setattr("jalon.facturation.actions.depot.deposer_document", document_conserve)
        rustine.setattr("jalon.dossiers.actions.pieces.deposer_document", document_conserve)
        rustine.setattr("jalon.dossiers.actions.echanges.deposer_document", document_conserve)
        rustine.setattr("jalon.habilitations.actions.conventions.deposer_document", document_conserve)
        rustine.setattr("jalon.contrats.actions.preuves.deposer_document", document_conserve)
        rustine.setattr("jalon.porte_documents.actions.fiches.deposer_document", document_conserve)
        yield
