"""The statements that every page runs are prepared by the server, and stay right when what they read changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.habilitations.lectures import lire_rattachements
from jalon.habilitations.models import DroitAccorde
from jalon.socle.requetes_preparees import curseur_prepare
from tests.dossiers.fabrique import monde
from tests.veille.outils import LE, aline

pytestmark = pytest.mark.django_db
ESSAI = "SELECT %s::int + 1"


def _preparees(morceau: str) -> list[tuple[int, int]]:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{morceau}%"]
        )
        return list(curseur.fetchall())


def test_le_serveur_prepare_l_instruction_une_fois_par_connexion() -> None:
    for rang in range(8):
        with curseur_prepare() as curseur:
            curseur.execute(ESSAI, [rang])
            assert curseur.fetchone() == (rang + 1,)
        assert len(_preparees("::int + 1")) == 1


def test_les_autres_curseurs_ne_preparent_rien() -> None:
    for rang in range(8):
        with curseur_prepare(), connection.cursor() as curseur:
            curseur.execute(ESSAI, [rang])
    assert not _preparees("::int + 1")


def test_ce_qui_est_regarde_garde_son_texte() -> None:
    for rang in range(8):
        with CaptureQueriesContext(connection) as vues, curseur_prepare() as curseur:
            curseur.execute(ESSAI, [rang])
        assert vues.captured_queries[0]["sql"] == f"SELECT {rang}::int + 1"


def test_les_droits_lus_par_un_plan_deja_fait_sont_ceux_de_l_instant() -> None:
    monde()
    personne = aline()
    for _ in range(12):
        (lien,) = lire_rattachements(personne, LE)
        assert lien.droits
    (plans,) = _preparees("habilitations_rattachement")
    assert plans[0] > 0, "le plan commun sert"
    DroitAccorde.objects.update(revoque_le=LE - timedelta(seconds=1))
    (lien,) = lire_rattachements(personne, LE)
    assert not lien.droits
