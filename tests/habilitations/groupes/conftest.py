"""A company of three establishments, a group of one, and somebody whose right is on it."""

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.models import GroupeEtablissements, Rattachement
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine
from tests.habilitations.fabrique import (
    SIRET,
    SIRET_2,
    groupe,
    organisation,
    personne,
    rattacher,
    sur_un_groupe,
)
from tests.habilitations.groupes.outils import SIRET_3


@pytest.fixture
def aline() -> Personne:
    organisation()
    Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="LYON", nom_usuel="Lyon Bellecour")
    Etablissement.objects.create(siret=SIRET_3, code_postal="13001", commune="MARSEILLE")
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def sud(aline: Personne) -> GroupeEtablissements:
    return groupe("Région Sud", [SIRET])


@pytest.fixture
def bruno(sud: GroupeEtablissements) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_groupe(sud, Domaine.PLAN)])
