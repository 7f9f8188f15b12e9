"""CSV out and in: no cell that a spreadsheet computes (exigences, T8, S7b)."""

import pytest

from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.tableur import BOM, ecrire_csv, lire_csv, neutraliser, restituer


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_une_cellule_qui_serait_calculee_est_neutralisee_et_revient(debut: str) -> None:
    assert neutraliser(f"{debut}1+1") == f"'{debut}1+1"
    assert restituer(neutraliser(f"{debut}1+1")) == f"{debut}1+1"


@pytest.mark.parametrize("texte", ["", "abc", "a=1", "'abc", "’=", "12345678200010"])
def test_le_reste_ne_change_pas(texte: str) -> None:
    assert neutraliser(texte) == texte
    assert restituer(texte) == texte


def test_un_tableau_revient_tel_qu_il_est_parti() -> None:
    ecrit = ecrire_csv(["Nom", "Note"], [["=HYPERLINK(1)", 'a;b "c"'], ["É", "deux\nlignes"]])
    assert ecrit.startswith(f"{BOM}Nom;Note\r\n'=HYPERLINK(1);")
    assert [c for _, c in lire_csv(ecrit)] == [
        {"nom": "=HYPERLINK(1)", "note": 'a;b "c"'},
        {"nom": "É", "note": "deux\nlignes"},
    ]


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_la_ligne_du_fichier_est_dite_quel_que_soit_le_separateur(separateur: str) -> None:
    contenu = f"A{separateur}B\n\n1{separateur}2\n"
    assert lire_csv(contenu) == [(3, {"a": "1", "b": "2"})]
    assert lire_csv("") == []


def test_ce_qui_n_est_pas_un_tableau_est_refuse() -> None:
    with pytest.raises(SaisieRefusee, match="pas un tableau"):
        lire_csv("A;B\n" + "x" * 200_000)
