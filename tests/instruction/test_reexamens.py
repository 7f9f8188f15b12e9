"""What waited is examined again when a referential comes, or when the OPCO lets the portal decide."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection

from jalon.api.v1 import _representer
from jalon.dispositifs.base import Silence
from jalon.dossiers.enums import EtatDossier
from jalon.instruction.actions import demander_complement, reexaminer, refuser_dossier
from jalon.instruction.actions import reexamens as module
from jalon.instruction.actions.reexamens import TACHE_REEXAMEN
from jalon.instruction.enums import MotifRefus
from jalon.referentiels.actions import regler_dispositif
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.suites import suivre_l_import
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import Gravite
from jalon.socle.reglages import DecisionAutomatique
from tests.acteurs import acteur_opco
from tests.dispositifs.silencieux import CODE, SOURCE, dispositif_essai
from tests.dossiers.fabrique import LE, PORTEFEUILLE, emma, monde, relire
from tests.instruction.essais import APRES, DERNIER_JOUR, JOUR, examens_en_file, instruit, regler, transmis


@pytest.fixture(autouse=True)
def _essai(db: None) -> Iterator[None]:
    monde()
    with dispositif_essai(Silence.REFUS):
        yield


def en_file() -> list[tuple[str, datetime | None]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [TACHE_REEXAMEN])
        return [((json.loads(a) if isinstance(a, str) else a)["apres_id"], le) for a, le in curseur.fetchall()]


def mettre_en_route(decision: DecisionAutomatique, **dates: Any) -> None:
    regler_dispositif(
        dispositif=CODE, limite_stagiaires=None, delai_depot_jours=30, gravite_delai=Gravite.AVERTIT, decision_automatique=decision,
        motif="Conseil", par=acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES), maintenant=LE, **dates,
    )  # fmt: skip


def test_un_referentiel_qui_arrive_relance_les_examens_si_le_portail_decide() -> None:
    suivre_l_import(ReferentielOfficiel.RNCP, LE)
    assert en_file() == []
    regler(DecisionAutomatique.PRISE)
    suivre_l_import(ReferentielOfficiel.RNCP, LE)
    ((apres, le),) = en_file()
    assert (apres, le is not None) == ("", True)


@pytest.mark.parametrize("decision", list(DecisionAutomatique))
def test_le_reglage_ne_relance_que_ce_que_le_portail_decide(decision: DecisionAutomatique) -> None:
    regler(DecisionAutomatique.AUCUNE)
    mettre_en_route(decision)
    assert [apres for apres, _ in en_file()] == ([""] if decision == DecisionAutomatique.PRISE else [])


def test_un_reglage_a_venir_attend_son_jour() -> None:
    regler(DecisionAutomatique.AUCUNE)
    mettre_en_route(DecisionAutomatique.PRISE, a_partir_du=LE.date() + 7 * JOUR)
    ((_, le),) = en_file()
    assert le is not None
    assert reexaminer(apres=None, maintenant=LE) == 0


def test_ce_qui_attend_l_opco_est_examine_par_tranches(monkeypatch: pytest.MonkeyPatch) -> None:
    attend, pris, complete, refuse = transmis(), instruit(), instruit(), instruit()
    demander_complement(
        dossier_id=complete.id, pieces=["programme"], cases=[], message="Illisible", echeance=LE.date() + 9 * JOUR, par=emma(),
        maintenant=LE,
    )  # fmt: skip
    refuser_dossier(dossier_id=refuse.pk, motif=MotifRefus.HORS_CHAMP, texte="Non", par=emma(), maintenant=LE)
    assert reexaminer(apres=None, maintenant=LE) == 0
    regler(DecisionAutomatique.PRISE)
    assert reexaminer(apres=None, maintenant=LE) == 2
    assert examens_en_file() == [attend.pk, pris.pk]
    monkeypatch.setattr(module, "PAR_TRANCHE", 1)
    assert reexaminer(apres=attend.pk, maintenant=LE) == 1
    assert [apres for apres, _ in en_file()] == [str(pris.pk)]
    assert reexaminer(apres=pris.pk, maintenant=LE) == 0


@pytest.mark.parametrize(
    ("silence", "etat", "sens"),
    [(Silence.REFUS, "REFUSE", "REFUS"), (Silence.ACCEPTATION, "EN_COURS_INSTRUCTION", "ACCEPTATION")],
)
def test_l_api_dit_la_decision_implicite_du_jour(silence: Silence, etat: str, sens: str) -> None:
    with dispositif_essai(silence):
        dossier = instruit()
        with time_machine.travel(DERNIER_JOUR, tick=False):
            lu = _representer(relire(dossier))
            assert (lu.etat, lu.decisionImplicite) == ("EN_COURS_INSTRUCTION", None)
        with time_machine.travel(APRES, tick=False):
            lu = _representer(relire(dossier))
            assert lu.decisionImplicite is not None
            assert (lu.etat, lu.decisionImplicite.sens, lu.decisionImplicite.depuis) == (etat, sens, APRES.date())
            assert lu.decisionImplicite.source == SOURCE
        assert relire(dossier).etat == EtatDossier.EN_INSTRUCTION
