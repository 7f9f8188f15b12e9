"""The cursor of a page: what it says is read back, whatever its key; anything else is the first page."""

import base64
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from jalon.socle.pages import autour, ecrire_curseur, lire_curseur

CLE = UUID(int=7)
INSTANT = datetime(2026, 11, 24, 9, 0, 0, 120, tzinfo=UTC)


@pytest.mark.parametrize(
    ("valeur", "genre"),
    [
        (date(2026, 11, 28), date),
        (INSTANT, datetime),
        (Decimal("-1250.50"), Decimal),
        ("", str),
        ("élan du nord 12", str),
    ],
)
@pytest.mark.parametrize("arriere", [False, True])
def test_un_curseur_se_relit(valeur: Any, genre: type, arriere: bool) -> None:
    curseur = ecrire_curseur(valeur, CLE, ordre="cle", arriere=arriere)
    assert lire_curseur(curseur, genre, "cle") == ((valeur, CLE), arriere)
    assert lire_curseur(curseur, genre, "autre") == (None, False)


def _code(texte: str) -> str:
    return base64.urlsafe_b64encode(texte.encode()).decode().rstrip("=")


@pytest.mark.parametrize("genre", [date, datetime, Decimal, str])
@pytest.mark.parametrize(
    "curseur",
    [
        "",
        "=",
        "é",
        "x",
        _code(">"),
        _code(f">{CLE.hex}"),
        _code(f">{'z' * 32}cle 2026-11-28"),
        _code(f">{CLE.hex}cle a\0b"),
        "A" * 500,
    ],
)
def test_un_curseur_illisible_est_la_premiere_page(curseur: str, genre: type) -> None:
    assert lire_curseur(curseur, genre, "cle") == (None, False)


@pytest.mark.parametrize(
    ("valeur", "genre"),
    [
        ("2026-11-28", Decimal),
        ("NaN", Decimal),
        ("1e99999", Decimal),
        ("2026-11-24T09:00:00", datetime),
        ("12.50", date),
        ("2026-13-01", date),
    ],
)
def test_une_cle_d_un_autre_genre_aussi(valeur: str, genre: type) -> None:
    assert lire_curseur(_code(f">{CLE.hex}cle {valeur}"), genre, "cle") == (None, False)


@pytest.mark.parametrize(
    ("encore", "arriere", "debut", "apres", "avant"),
    [
        (False, False, True, False, False),
        (True, False, True, True, False),
        (True, False, False, True, True),
        (False, False, False, False, True),
        (True, True, False, True, True),
        (False, True, False, True, False),
    ],
)
def test_ce_qui_entoure_une_page(encore: bool, arriere: bool, debut: bool, apres: bool, avant: bool) -> None:
    suivant, precedent = autour(("a", CLE), ("b", CLE), ordre="cle", encore=encore, arriere=arriere, debut=debut)
    assert lire_curseur(suivant, str, "cle") == ((("b", CLE), False) if apres else (None, False))
    assert lire_curseur(precedent, str, "cle") == ((("a", CLE), True) if avant else (None, False))
