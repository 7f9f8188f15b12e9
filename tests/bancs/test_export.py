"""The measure of exports: three processes, on few rows; what it prints, and what it says when one of them fails."""

import pytest
from click import ClickException
from click.testing import CliRunner

from jalon.bancs.exports import Mesure, commande, mesurer
from jalon.bancs.lignes_exportees import COLONNES, lignes
from jalon.exports.regles import LIGNES_PAR_FEUILLE
from jalon.socle.listes import Genre


def test_trente_colonnes_de_tous_les_genres_et_les_memes_lignes_a_chaque_fois() -> None:
    assert len(COLONNES) == 30
    assert {colonne.genre for colonne in COLONNES} == set(Genre)
    assert list(lignes(3)) == list(lignes(3))
    assert sum(1 for _ in lignes(10_001)) == 10_001


def test_les_trois_mesures_se_disent_cote_a_cote() -> None:
    fait = CliRunner().invoke(commande, ["--lignes", "1000", "--xlsxwriter", "1000"])
    assert fait.exit_code == 0, fait.output
    for debut in ("produit\u00a0: 1\u00a0000 lignes", "rustpy-xlsxwriter seul", "XlsxWriter, mode économe", "au processeur"):
        assert debut in fait.output


@pytest.mark.parametrize(
    ("produit", "dits"),
    [
        (
            Mesure(60.0, 55.0, LIGNES_PAR_FEUILLE, 400.0, 200.0),
            ["(but 60 s)\u00a0: atteint", "(but 400 Mo)\u00a0: atteint", "50\u00a0%"],
        ),
        (
            Mesure(60.1, 55.0, LIGNES_PAR_FEUILLE, 400.1, 200.0),
            ["(but 60 s)\u00a0: non atteint", "(but 400 Mo)\u00a0: non atteint"],
        ),
    ],
)
def test_les_buts_se_jugent_sur_la_taille_entiere(monkeypatch: pytest.MonkeyPatch, produit: Mesure, dits: list[str]) -> None:
    autre = Mesure(30.0, 30.0, LIGNES_PAR_FEUILLE, 58.0, 200.0)
    monkeypatch.setattr("jalon.bancs.exports.mesurer", lambda nombre, module, *reste: produit if reste == ("produit",) else autre)
    dit = CliRunner().invoke(commande, ["--xlsxwriter", "0"]).output.replace("50%", "50\u00a0%")
    assert [phrase for phrase in dits if phrase not in dit] == []
    assert "XlsxWriter, mode" not in dit


def test_une_mesure_qui_echoue_dit_pourquoi() -> None:
    with pytest.raises(ClickException, match="No module named"):
        mesurer(1_000, "jalon.bancs.absent")
