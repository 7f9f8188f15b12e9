"""The journeys see what people see: the database is closed to them."""

import pytest

from jalon.comptes.models import Personne


def test_un_parcours_ne_peut_pas_lire_la_base() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Personne.objects.exists()
