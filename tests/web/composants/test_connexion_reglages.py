"""What the pages of signing in say follows the settings of the installation."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from tests.habilitations.fabrique import personne
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reglage", "phrase"),
    [("obligatoire", "les espaces restent fermés"), ("facultatif", "seules les personnes qui ne font que lire")],
)
def test_la_page_de_securite_dit_qui_peut_attendre(reglage: str, phrase: str, settings: Settings) -> None:
    settings.JALON_SECOND_FACTEUR_LECTEURS = reglage
    assert phrase in navigateur_de(personne(prete=False), "password").get(reverse("mfa_index")).content.decode()
