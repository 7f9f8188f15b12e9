import pytest

from jalon.referentiels.actions import charger_referentiels
from jalon.socle.acteurs import Pouvoir
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_opco


@pytest.fixture
def referentiels(db: None) -> None:
    """The packaged reference data, loaded."""
    charger_referentiels()


@pytest.fixture
def karim() -> FauxActeur:
    """An administrator of the OPCO."""
    return acteur_opco(nouvel_id(), Pouvoir.REGLER_BAREMES, nom="Karim Essai")


@pytest.fixture
def emma() -> FauxActeur:
    """A conseillère: she decides, she does not set rates."""
    return acteur_opco(nouvel_id(), Pouvoir.INSTRUIRE, Pouvoir.DECIDER, nom="Emma Essai")
