"""The examination and the countdown of a real contract, by the same code as those of any dispositif."""

from datetime import timedelta

import pytest

from jalon.instruction.actions import decider_automatiquement
from jalon.instruction.requetes import examiner
from jalon.socle.reglages import DecisionAutomatique
from tests.dossiers.fabrique import monde, relire
from tests.engagements import contrats
from tests.instruction.essais import regler

pytestmark = pytest.mark.django_db


def test_un_contrat_dont_un_registre_manque_reste_au_conseiller() -> None:
    """Nothing of the registers is loaded here: what could not be checked is said, and the portal does not decide."""
    monde()
    regler(DecisionAutomatique.PRISE, "apprentissage", valide_du="2026-01-01")
    dossier = relire(contrats.en_instruction())
    assert dossier.complet_le is not None
    examen = examiner(dossier, dossier.complet_le)
    non_faits = [c for c in examen.controles if any("n’a pas été vérifié" in m for m in c.messages)]
    assert non_faits
    assert not examen.favorable
    assert decider_automatiquement(dossier_id=dossier.pk, maintenant=dossier.complet_le) is None


def test_le_silence_d_un_contrat_le_refuse_apres_vingt_jours() -> None:
    monde()
    dossier = relire(contrats.en_instruction())
    assert dossier.complet_le is not None
    dernier = dossier.complet_le.date() + timedelta(days=20)
    assert dossier.attend_avant == dernier
    assert dossier.etat_affiche(dernier) == "en_instruction"
    assert dossier.etat_affiche(dernier + timedelta(days=1)) == "refus_implicite"
