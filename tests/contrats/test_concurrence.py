"""Two people act on the same contract at the same instant: one rupture at a time, one avenant at a time, one decision."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest

from jalon.contrats.actions import (
    abandonner_avenant,
    accepter_avenant,
    commencer_avenant,
    declarer_rupture,
    enregistrer_avenant,
    regulariser_niveau,
    signaler_rupture,
    transmettre_avenant,
)
from jalon.contrats.models import Avenant, RuptureDeclaree
from jalon.dispositifs.base import Rupture
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, VersionContenu
from tests.contrats.fabrique import PENDANT, accord_signe, accorde, aline, driss, emma, engagement, relire, total
from tests.contrats.test_avenants import PROPRES
from tests.contrats.test_niveaux import publier
from tests.dossiers.fabrique import joindre, monde
from tests.fils import ensemble, genres


@pytest.fixture
def contrat(base_reelle: str) -> Dossier:
    monde()
    return accorde()


def test_deux_declarations_et_un_signalement_ne_laissent_qu_une_de_chaque(contrat: Dossier) -> None:
    suite = Rupture(le=date(2027, 3, 10), formation_jusqu_au=date(2027, 4, 10))
    ensemble(
        [
            partial(declarer_rupture, dossier_id=contrat.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT),
            partial(declarer_rupture, dossier_id=contrat.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT),
            partial(signaler_rupture, dossier_id=contrat.id, rupture=suite, par=driss(), maintenant=PENDANT),
        ]
    )
    en_vigueur = RuptureDeclaree.objects.tous("essai").filter(dossier=contrat, remplacee_le__isnull=True)
    assert sorted(en_vigueur.values_list("cote", flat=True)) == ["entreprise", "prestataire"]
    assert relire(contrat).etat == EtatDossier.ROMPU
    assert total(contrat) == relire(contrat).montant_accorde


def test_un_seul_avenant_commence(contrat: Dossier) -> None:
    actes = [partial(commencer_avenant, dossier_id=contrat.id, code="36", par=aline(), maintenant=PENDANT) for _ in range(4)]
    assert genres(ensemble(actes)) == Counter({"TransitionImpossible": 3, "Avenant": 1})


def test_abandonner_et_accepter_ensemble_ne_font_qu_une_chose(contrat: Dossier) -> None:
    commencer_avenant(dossier_id=contrat.id, code="36", par=aline(), maintenant=PENDANT)
    valeurs = {"contrat": {**PROPRES, "heures": "30"}}
    enregistrer_avenant(dossier_id=contrat.id, valeurs=valeurs, par=aline(), maintenant=PENDANT)
    joindre(contrat, "avenant_signe", le=PENDANT)
    transmettre_avenant(dossier_id=contrat.id, par=aline(), maintenant=PENDANT)
    plus_tard = PENDANT + timedelta(days=1)
    resultats = ensemble(
        [
            partial(abandonner_avenant, dossier_id=contrat.id, par=aline(), maintenant=plus_tard),
            partial(accepter_avenant, dossier_id=contrat.id, par=emma(), maintenant=plus_tard),
        ]
    )
    assert genres(resultats) == Counter({"Avenant": 1, "TransitionImpossible": 1})
    accepte = Avenant.objects.tous("essai").get(dossier=contrat).etat == "accepte"
    assert VersionContenu.objects.tous("essai").filter(dossier=contrat, motif="avenant").exists() is accepte


def test_deux_conseillers_qui_regularisent_ensemble_ne_font_qu_une_version(contrat: Dossier) -> None:
    publier(contrat)
    actes = [partial(regulariser_niveau, dossier_id=contrat.id, par=emma(), maintenant=PENDANT) for _ in range(2)]
    assert genres(ensemble(actes)) == Counter({"EcheancierRepris": 1, "TransitionImpossible": 1})
    assert engagement(contrat).version == 2
