"""Dates: read as typed, judged at 24:00 in Paris whatever the season, shown in French."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.socle.dates import (
    analyser_date,
    debut_du_jour,
    fin_du_jour,
    formater_date,
    formater_duree,
    formater_jour,
    jour_de_paris,
    mois_apres,
    mois_avant,
)
from jalon.socle.erreurs import SaisieRefusee

jours = st.dates(date(1900, 1, 1), date(2100, 12, 30))


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("30/11/2026", date(2026, 11, 30)),
        ("12/3/26", date(2026, 3, 12)),
        ("12-03-2026", date(2026, 3, 12)),
        ("12.03.2026", date(2026, 3, 12)),
        ("12 03 2026", date(2026, 3, 12)),
        (" 12032026 ", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("29/02/2028", date(2028, 2, 29)),
        ("01/01/1900", date(1900, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
    ],
)
def test_une_date_se_lit_sous_toutes_ses_formes(saisi: str, lu: date) -> None:
    assert analyser_date(saisi) == lu


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez une date"),
        ("demain", "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
        ("12/3/026", "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
        ("1232026", "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
        ("29/02/2026", "Cette date n’existe pas au calendrier"),
        ("31/04/2026", "Cette date n’existe pas au calendrier"),
        ("11/30/2026", "Cette date n’existe pas au calendrier"),
        ("00/01/2026", "Cette date n’existe pas au calendrier"),
        ("31/12/1899", "Vérifiez l’année de cette date"),
        ("01/01/2101", "Vérifiez l’année de cette date"),
        ("9999-12-31", "Vérifiez l’année de cette date"),
        ("0001-01-01", "Vérifiez l’année de cette date"),
    ],
)
def test_une_date_refusee_dit_quoi_corriger(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        analyser_date(saisi)
    assert refus.value.message == phrase


@given(jours)
def test_une_date_affichee_se_relit_a_l_identique(jour: date) -> None:
    assert analyser_date(formater_date(jour)) == jour
    assert analyser_date(jour.isoformat()) == jour


@pytest.mark.parametrize(
    ("jour", "fin"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 23, tzinfo=UTC)),
        (date(2026, 7, 15), datetime(2026, 7, 15, 22, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 23, tzinfo=UTC)),
    ],
)
def test_une_echeance_finit_a_minuit_heure_de_paris(jour: date, fin: datetime) -> None:
    assert fin_du_jour(jour) == fin
    assert jour_de_paris(fin - timedelta(microseconds=1)) == jour
    assert jour_de_paris(fin) == jour + timedelta(days=1)


@pytest.mark.parametrize(("jour", "heures"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_un_jour_de_changement_d_heure_n_a_pas_24_heures(jour: date, heures: int) -> None:
    assert fin_du_jour(jour) - debut_du_jour(jour) == timedelta(hours=heures)


@given(jours)
def test_les_jours_se_touchent_sans_trou(jour: date) -> None:
    assert fin_du_jour(jour) == debut_du_jour(jour + timedelta(days=1))
    assert jour_de_paris(debut_du_jour(jour)) == jour


@pytest.mark.parametrize(
    ("jour", "texte"),
    [
        (date(2026, 11, 25), "mer. 25\u00a0nov."),
        (date(2026, 11, 30), "lun. 30\u00a0nov."),
        (date(2026, 12, 1), "1\u00a0déc."),
        (date(2026, 11, 22), "22\u00a0nov."),
        (date(2027, 12, 4), "4\u00a0déc.\u00a02027"),
    ],
)
def test_un_jour_s_ecrit_court_quand_il_est_proche(jour: date, texte: str) -> None:
    assert formater_jour(jour, date(2026, 11, 23)) == texte


@pytest.mark.parametrize(
    ("duree", "texte"),
    [
        (timedelta(), "0\u00a0min"),
        (timedelta(seconds=59), "0\u00a0min"),
        (timedelta(minutes=90), "1\u00a0h 30\u00a0min"),
        (timedelta(hours=72), "3\u00a0j"),
        (timedelta(days=1, minutes=5), "1\u00a0j 5\u00a0min"),
    ],
)
def test_une_duree_se_dit_en_jours_heures_et_minutes(duree: timedelta, texte: str) -> None:
    assert formater_duree(duree) == texte


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 120, date(2016, 12, 31)),
    ],
)
def test_le_meme_jour_des_mois_avant(jour: date, mois: int, attendu: date) -> None:
    assert mois_avant(jour, mois) == attendu


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_le_meme_jour_des_mois_apres(jour: date, mois: int, attendu: date) -> None:
    assert mois_apres(jour, mois) == attendu
