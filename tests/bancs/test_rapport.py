"""What the bench says of its goals follows from what it read."""

import pytest

from jalon.bancs.dossiers.mesures import Mesure
from jalon.bancs.dossiers.rapport import croissance, delais, rapports_a_la_vue_nue


def _mesure(cle: str, nombre: int = 1_000, **lues: list[float]) -> Mesure:
    return Mesure(cle, nombre, **lues)  # type: ignore[arg-type]


@pytest.mark.parametrize(("lus", "verdict"), [([149.0, 150.0, 400.0], "tenu"), ([10.0, 150.2, 151.0], "DÉPASSÉ")])
def test_le_delai_se_juge_sur_la_mediane_des_tours(lus: list[float], verdict: str) -> None:
    assert delais([_mesure("accueil · prestataire · accueil", seul=lus)]).endswith(verdict)


def test_un_envoi_n_a_pas_de_delai_promis() -> None:
    assert "transmettre" not in delais([_mesure("transmettre · un brouillon complet", seul=[1.0])])


@pytest.mark.parametrize(("debit", "verdict"), [(40.0, "atteint"), (33.0, "MANQUÉ")])
def test_une_liste_se_compare_a_la_vue_nue_de_la_meme_personne(debit: float, verdict: str) -> None:
    nues = [_mesure("vue nue · prestataire", debits=[120.0], processeur=[1.0])]
    dit = rapports_a_la_vue_nue([_mesure("liste · prestataire · page 1", debits=[debit], processeur=[2.0])], nues)
    assert f"objectif 0,33 {verdict}" in dit
    assert "processeur 0.50" in dit


@pytest.mark.parametrize(("cout", "verdict"), [(13.0, "tenu"), (13.1, "DÉPASSÉ")])
def test_la_croissance_d_une_liste_se_juge_au_processeur(cout: float, verdict: str) -> None:
    petite = _mesure("liste · cabinet · page 1", 10, debits=[10.0], processeur=[10.0])
    grande = _mesure("liste · cabinet · page 1", 1_000, debits=[5.0], processeur=[cout])
    dit = croissance([petite, grande], 10, 1_000)
    assert dit.endswith(verdict)
    assert "temps × 2.00" in dit
