"""The money of a contrat de professionnalisation on the portal, and what follows from its declaration."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import Estimation, Silence
from jalon.dispositifs.lecture import accorder, estimer, lire_contenu, projeter
from jalon.dispositifs.professionnalisation import PROFESSIONNALISATION
from jalon.referentiels.paquet import jeu_de_regles
from jalon.socle.baremes import ModePaiement
from tests.dispositifs.professionnalisation.contrats import contexte
from tests.dispositifs.professionnalisation.contrats import reponses as du_contrat

ENTREPRISE, PRESTATAIRE = ModePaiement.REMBOURSEMENT, ModePaiement.SUBROGATION


def reponses(accompagnement: dict[str, str] | None = None, **changements: str) -> dict[str, dict[str, Any]]:
    return {**du_contrat(**changements), "accompagnement": {"version": 0, "valeurs": accompagnement or {}}}


def estimation(donnees: dict[str, dict[str, Any]], **plus: Any) -> Estimation:
    return estimer(PROFESSIONNALISATION, donnees, contexte(**plus))


@pytest.mark.parametrize(
    ("prix", "demande", "accorde", "reste"),
    [
        ("", "3660.00", "3660.00", "0.00"),
        ("9,15", "3660.00", "3660.00", "0.00"),
        ("8", "3200.00", "3200.00", "0.00"),
        ("12", "4800.00", "3660.00", "1140.00"),
    ],
)
def test_le_forfait_horaire_dans_la_limite_du_prix(prix: str, demande: str, accorde: str, reste: str) -> None:
    estimee = estimation(reponses(formation__cout=prix))
    assert [(x.poste, f"{x.montant_demande:f}", f"{x.montant_ht:f}") for x in estimee.lignes] == [("formation", demande, accorde)]
    assert f"{estimee.reste_a_charge:f}" == reste
    assert bool(estimee.avertissements) == (prix in {"", "12"})


@pytest.mark.parametrize(("ne_le", "exercice"), [("12/04/1985", "1380.00"), ("02/09/1981", "1380.00"), ("01/09/1981", "2070.00")])
def test_le_tuteur_de_quarante_cinq_ans_est_mieux_aide(ne_le: str, exercice: str) -> None:
    lignes = {x.poste: x for x in estimation(reponses({"mois": "9"}, tuteur__date_naissance=ne_le)).lignes}
    assert f"{lignes['exercice_accompagnant'].montant_ht:f}" == exercice
    assert "formation_accompagnant" not in lignes


@pytest.mark.parametrize(("le", "mode"), [(date(2026, 9, 30), PRESTATAIRE), (date(2026, 10, 1), ENTREPRISE)])
def test_l_organisme_est_paye_directement_jusqu_a_la_reforme(le: date, mode: ModePaiement) -> None:
    assert estimation(reponses(), aujourdhui=le, regles=jeu_de_regles("professionnalisation")).mode_paiement == mode


def test_une_formation_interne_est_remboursee_a_l_entreprise() -> None:
    sans = {f"formation__{champ}": "" for champ in ("organisme", "siret", "nda")}
    estimee = estimation(
        reponses(formation__interne="oui", **sans), aujourdhui=date(2026, 9, 2), regles=jeu_de_regles("professionnalisation")
    )
    assert estimee.mode_paiement == ENTREPRISE
    assert [x.soumise_a_tva for x in estimee.lignes] == [False]


def test_l_opco_accorde_les_montants_qu_il_veut() -> None:
    lu, anomalies = lire_contenu(PROFESSIONNALISATION, reponses())
    assert lu is not None, anomalies
    accordee = accorder(PROFESSIONNALISATION, lu, contexte(), {"formation": Decimal("3000.00")})
    assert f"{accordee.total_ht:f}" == "3000.00"


def test_la_loi_donne_cinq_jours_pour_envoyer_et_vingt_pour_decider() -> None:
    assert PROFESSIONNALISATION.limite_de_depot(date(2026, 9, 1), 30, "") == date(2026, 9, 6)
    assert PROFESSIONNALISATION.delai_decision is not None
    assert PROFESSIONNALISATION.delai_decision.days == 20
    assert PROFESSIONNALISATION.silence == Silence.ACCEPTATION


def test_la_liste_montre_le_salarie_et_sa_formation_jamais_son_nir() -> None:
    colonnes = projeter(PROFESSIONNALISATION, reponses())
    assert colonnes.titre == "Zoé Exemple, BTS tourisme"
    assert "206077" not in colonnes.recherche
    assert (colonnes.siret, colonnes.prestataire_siret) == ("13002526500013", "41816609600069")
