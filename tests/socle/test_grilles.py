"""Tables pasted or uploaded, as numbered rows of texts."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rustpy_xlsxwriter

from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.grilles import ecrire_texte, lire_fichier, lire_texte


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Nom\tPrénom\nExemple\tZoé\n", [(1, ["Nom", "Prénom"]), (2, ["Exemple", "Zoé"])]),
        ("Nom;Prénom\r\nExemple;Zoé", [(1, ["Nom", "Prénom"]), (2, ["Exemple", "Zoé"])]),
        ("\ufeffNom,Prénom\r\rExemple,Zoé", [(1, ["Nom", "Prénom"]), (3, ["Exemple", "Zoé"])]),
        ('A\t"deux\nlignes"\nB\tC', [(1, ["A", "deux\nlignes"]), (2, ["B", "C"])]),
        ("\n\t\t\nA\t'=1+1\n", [(3, ["A", "=1+1"])]),
        ("  ", []),
    ],
)
def test_ce_qui_se_colle_se_lit(texte: str, attendu: list[Any]) -> None:
    assert lire_texte(texte) == attendu


def test_ce_qui_est_rendu_se_relit_tel_quel() -> None:
    lignes = [["Nom", "Prénom"], ["Exemple\tou\nautre", "Zoé"], ["", "Tom"]]
    assert lire_texte(ecrire_texte(lignes)) == [(1, ["Nom", "Prénom"]), (2, ["Exemple ou autre", "Zoé"]), (3, ["", "Tom"])]


def test_un_classeur_rend_ses_valeurs_comme_on_les_tape(tmp_path: Path) -> None:
    lignes = [
        {"Nom": "Exemple", "Naissance": date(1995, 7, 15), "Heures": 14, "Salaire": 18.5, "NIR": 295071234567869, "RQTH": True}
    ]
    chemin = tmp_path / "salaries.xlsx"
    rustpy_xlsxwriter.write_worksheet(lignes, str(chemin))
    lues = lire_fichier(chemin.read_bytes())
    assert lues[0] == (1, ["Nom", "Naissance", "Heures", "Salaire", "NIR", "RQTH"])
    assert lues[1] == (2, ["Exemple", "15/07/1995", "14", "18,5", "295071234567869", "oui"])


def test_un_csv_ancien_garde_ses_accents() -> None:
    assert lire_fichier("Prénom;Né le\nZoé;1".encode("cp1252"))[0] == (1, ["Prénom", "Né le"])


def _bombe() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 61_000_000)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"%PDF-1.7", "Choisissez un classeur Excel"),
        (b"\xd0\xcf\x11\xe0 ancien", "format .xls"),
        (b"PK\x03\x04 autre chose", "ne se lit pas"),
        (b"a;b\0\0", "Choisissez un classeur Excel"),
        (b"x" * 5_000_001, "plus de 5"),
        (b"x\n" * 5_001, "plus de 5"),
        (_bombe(), "trop grand"),
    ],
)
def test_ce_qui_n_est_pas_un_tableau_se_refuse(octets: bytes, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase):
        lire_fichier(octets)
