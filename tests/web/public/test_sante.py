"""Probes: each dependency that fails shows, without a detail; only what prevents from serving answers 503."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from jalon.pieces.antivirus import EtatAntivirus
from jalon.socle.relance import EtatFile
from jalon.web.public import sante


def _lever(*_: object) -> Any:
    raise OperationalError("mot de passe de jalon_app refusé sur 10.0.0.3")


def _antivirus(*, configure: bool, pret: bool) -> Callable[[object], EtatAntivirus]:
    return lambda _: EtatAntivirus(configure, pret, pret, "", None, None, "")


@pytest.fixture(autouse=True)
def _memoire_vide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sante._Memoire, "migrations_appliquees", False)
    monkeypatch.setattr(sante, "part_occupee", lambda _: 0.5)


def test_healthz_ne_touche_pas_a_la_base(client: Client) -> None:
    reponse = client.get("/healthz")
    assert (reponse.status_code, reponse.json()) == (200, {"statut": "vert"})
    assert reponse["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_est_vert_quand_tout_va(client: Client) -> None:
    reponse = client.get("/readyz")
    assert reponse.status_code == 200
    assert set(reponse.json()["controles"].values()) == {"vert"}
    assert set(reponse.json()["controles"]) == {"base", "migrations", "file", "disque", "antivirus"}
    assert client.head("/readyz").status_code == 200
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cible", "remplacant", "rouges", "jaunes"),
    [
        ("etat_de_la_file", _lever, {"base", "file"}, set()),
        ("migrations_manquantes", _lever, {"base", "migrations"}, set()),
        ("migrations_manquantes", lambda: ["dossiers.0003"], {"migrations"}, set()),
        ("etat_de_la_file", lambda: EtatFile(timedelta(seconds=59), None, 0), set(), set()),
        ("etat_de_la_file", lambda: EtatFile(timedelta(seconds=60), None, 0), {"file"}, set()),
        ("part_occupee", lambda _: 0.79, set(), set()),
        ("part_occupee", lambda _: 0.80, set(), {"disque"}),
        ("part_occupee", lambda _: 0.95, {"disque"}, set()),
        ("antivirus", _antivirus(configure=True, pret=True), set(), set()),
        ("antivirus", _antivirus(configure=True, pret=False), set(), {"antivirus"}),
        ("antivirus", _antivirus(configure=False, pret=False), set(), set()),
    ],
)
def test_chaque_panne_se_voit_a_sa_place(
    cible: str,
    remplacant: Callable[..., Any],
    rouges: set[str],
    jaunes: set[str],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sante, cible, remplacant)
    reponse = client.get("/readyz")
    controles = reponse.json()["controles"]
    assert {nom for nom, signe in controles.items() if signe == "rouge"} == rouges
    assert {nom for nom, signe in controles.items() if signe == "a-surveiller"} == jaunes
    assert reponse.status_code == (503 if rouges else 200)
    assert "jalon_app" not in reponse.content.decode()


@pytest.mark.django_db
def test_les_migrations_ne_sont_relues_que_tant_qu_il_en_manque(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sante, "migrations_manquantes", lambda: ["dossiers.0003"])
    assert client.get("/readyz").status_code == 503
    monkeypatch.setattr(sante, "migrations_manquantes", list)
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(sante, "migrations_manquantes", _lever)
    assert client.get("/readyz").status_code == 200
