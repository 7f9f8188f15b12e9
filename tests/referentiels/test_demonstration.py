"""The official files that come with the demonstration: read whole by their own importers, never over somebody's file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import caches

from jalon.demo.chargement import OFFICIELS, importer_les_referentiels
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.referentiels.models import Certification, ImportReferentiel, RejetReferentiel
from jalon.referentiels.requetes import certification, certification_du_diplome, ecole, ecole_du_siret, npec, organisme

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CONCLUSION = date(2026, 8, 20)
INSTITUT = "81260002100016"


@pytest.fixture(autouse=True)
def _sans_memoire() -> Iterator[None]:
    caches["processus"].clear()
    yield
    caches["processus"].clear()


def charger() -> None:
    importer_les_referentiels(ActeurSysteme("essai"), LE)
    caches["processus"].clear()


def test_ce_qui_vient_avec_la_demonstration_se_lit_en_entier() -> None:
    charger()
    assert {fait.referentiel for fait in ImportReferentiel.objects.all()} == {r.value for r, _, _ in OFFICIELS}
    assert list(RejetReferentiel.objects.all()) == []
    reel, fictif = npec("RNCP1002", "1979", CONCLUSION), npec("RNCP37889", "1979", CONCLUSION)
    assert reel is not None
    assert fictif is not None
    assert (reel.montant, fictif.montant) == (Decimal(9497), Decimal(8200))
    fiche = certification("RNCP37889")
    assert fiche is not None
    assert fiche.active(CONCLUSION)
    assert certification_du_diplome("32033422") == fiche
    lue = ecole("0690199S")
    assert lue is not None
    assert (lue.siret, ecole_du_siret(INSTITUT)) == (INSTITUT, lue)
    declare = organisme(INSTITUT)
    assert declare is not None
    assert declare.qualiopi_apprentissage


def test_un_fichier_importe_par_quelqu_un_n_est_pas_remplace() -> None:
    ImportReferentiel.objects.create(referentiel="rncp", empreinte="x", nom="vrai", edition=CONCLUSION, importe_le=LE)
    charger()
    assert not Certification.objects.exists()
    assert ImportReferentiel.objects.filter(referentiel="npec").count() == 1
    charger()
    assert ImportReferentiel.objects.count() == 4
