"""The world is made once per module, inside one transaction that is never committed, on a stopped clock."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.matrice.monde import MAINTENANT, Monde, batir, document_conserve


@contextmanager
def monde_bati(django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """Every role and every object; what a test writes is its own matter (`essai` undoes it)."""
    with pytest.MonkeyPatch.context() as rustine, django_db_blocker.unblock(), time_machine.travel(MAINTENANT, tick=False):
        rustine.setattr("jalon.facturation.actions.depot.deposer_document", document_conserve)
        rustine.setattr("jalon.dossiers.actions.pieces.deposer_document", document_conserve)
        enveloppe = transaction.atomic()
        enveloppe._from_testcase = True  # type: ignore[attr-defined]
        with enveloppe:
            yield batir()
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """The world of a module of tests."""
    with monde_bati(django_db_blocker) as bati:
        yield bati
