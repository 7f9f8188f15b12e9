"""The world of the matrix serves here too; and a company with one administrator, for a page looked at alone."""

import pytest
from django.test import Client

from jalon.habilitations.acteurs import ActeurPersonne
from tests.habilitations.fabrique import acteur, organisation, personne, rattacher
from tests.matrice.conftest import monde
from tests.seances import navigateur_de

__all__ = ["monde"]


@pytest.fixture
def aline() -> ActeurPersonne:
    """She administers a company that the register knows whole."""
    organisation(categorie_juridique="5710", idcc="1979")
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return acteur(creee)


@pytest.fixture
def navigateur(aline: ActeurPersonne) -> Client:
    """Her browser."""
    return navigateur_de(aline.personne)
