"""Cells: types kept, what a workbook or a CSV file cannot hold handled before it is written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from jalon.exports.cellules import CLASSEUR, COUPE, CSV, texte
from jalon.exports.regles import SIGNES_PAR_CELLULE
from jalon.socle.listes import Genre

ETE = datetime(2026, 7, 14, 22, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("genre", "valeur", "classeur", "csv"),
    [
        (Genre.TEXTE, "Inès", "Inès", "Inès"),
        (Genre.TEXTE, None, None, ""),
        (Genre.TEXTE, "00123", "00123", "00123"),
        (Genre.TEXTE, 12, "12", "12"),
        (Genre.TEXTE, "=1+1", "=1+1", "'=1+1"),
        (Genre.TEXTE, "@SOMME(A1)", "@SOMME(A1)", "'@SOMME(A1)"),
        (Genre.TEXTE, "-2", "-2", "'-2"),
        (Genre.TEXTE, "+33 6", "+33 6", "'+33 6"),
        (Genre.TEXTE, "\x00=1", "=1", "'=1"),
        (Genre.TEXTE, "\r=1", "=1", "'=1"),
        (Genre.TEXTE, "\t=1", "\t=1", "'\t=1"),
        (Genre.TEXTE, "a\x0bb\r\nc\td", "ab\nc\td", "ab\nc\td"),
        (Genre.TEXTE, "a\ud800b", "ab", "ab"),
        (Genre.TEXTE, "\U0001f600", "\U0001f600", "\U0001f600"),
        (Genre.ENTIER, 35, 35, "35"),
        (Genre.ENTIER, None, None, ""),
        (Genre.ENTIER, 10**15 - 1, 10**15 - 1, "999999999999999"),
        (Genre.ENTIER, 10**15, "1000000000000000", "1000000000000000"),
        (Genre.ENTIER, -(10**15), "-1000000000000000", "-1000000000000000"),
        (Genre.MONTANT, Decimal("1250.5"), 1250.5, "1250,50"),
        (Genre.MONTANT, Decimal("-0.01"), -0.01, "-0,01"),
        (Genre.MONTANT, 12, 12.0, "12,00"),
        (Genre.MONTANT, None, None, ""),
        (Genre.MONTANT, Decimal("9999999999.99"), 9999999999.99, "9999999999,99"),
        (Genre.JOUR, date(2026, 9, 1), 46266, "01/09/2026"),
        (Genre.JOUR, date(1900, 3, 1), 61, "01/03/1900"),
        (Genre.JOUR, date(1900, 2, 28), "28/02/1900", "28/02/1900"),
        (Genre.JOUR, date(1815, 6, 18), "18/06/1815", "18/06/1815"),
        (Genre.JOUR, date(9999, 12, 31), 2958465, "31/12/9999"),
        (Genre.JOUR, ETE, 46218, "15/07/2026"),
        (Genre.JOUR, None, None, ""),
        (Genre.INSTANT, ETE, 46218 + (30 * 60 + 15) / 86400, "15/07/2026 00:30:15"),
        (Genre.INSTANT, datetime(1890, 1, 1, 12, tzinfo=UTC), "01/01/1890 12:09:21", "01/01/1890 12:09:21"),
        (Genre.INSTANT, None, None, ""),
    ],
)
def test_chaque_genre_garde_son_type(genre: Genre, valeur: Any, classeur: Any, csv: str) -> None:
    assert CLASSEUR[genre]([valeur]) == [classeur]
    assert CSV[genre]([valeur]) == [csv]


@pytest.mark.parametrize("genre", [Genre.TEXTE, Genre.MONTANT])
def test_une_colonne_pleine_se_lit_comme_une_colonne_trouee(genre: Genre) -> None:
    """The whole column is judged at once when it is ordinary: the same cells come out."""
    valeurs: list[Any] = ["a", "é", "=1"] if genre == Genre.TEXTE else [Decimal("1.5"), Decimal(0), Decimal("-2.25")]
    assert CLASSEUR[genre](valeurs) == CLASSEUR[genre]([*valeurs, None])[:-1]
    assert CLASSEUR[genre]([]) == []


@pytest.mark.parametrize("signe", ["e", "é", "\U0001f600"])
def test_un_texte_trop_long_est_coupe_et_le_dit(signe: str) -> None:
    """Excel counts UTF-16 units: two for a smiley."""
    unites = len(signe.encode("utf-16-le")) // 2
    tient = signe * (SIGNES_PAR_CELLULE // unites)
    assert texte(tient) == tient
    coupe = str(texte(tient + signe))
    assert coupe.endswith(COUPE)
    assert SIGNES_PAR_CELLULE - 2 < len(coupe.encode("utf-16-le")) // 2 <= SIGNES_PAR_CELLULE
    assert CLASSEUR[Genre.TEXTE]([tient + signe, "b"]) == [coupe, "b"]
    assert CSV[Genre.TEXTE]([tient + signe]) == [tient + signe]
