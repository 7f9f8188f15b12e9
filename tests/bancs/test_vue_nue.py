"""The bare views draw the very rows of the page that they are measured against."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from jalon.bancs.dossiers.mise_en_scene import mettre_en_scene
from jalon.bancs.dossiers.reglages_nus import gabarits_nus
from jalon.bancs.dossiers.scene import ENV_SIREN, JETON, Scene

NUMERO = re.compile(r"\b\d{4}AF\d{6}\b")


@pytest.fixture
def scene(base_reelle: str) -> Iterator[Scene]:
    return mettre_en_scene(base_reelle, 500, processus=1, envois=1, suivi=lambda _: None)


def _numeros(page: str) -> list[str]:
    return list(dict.fromkeys(NUMERO.findall(page)))


def test_les_vues_nues_montrent_les_lignes_de_la_liste(scene: Scene, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    entreprise = scene.acteurs[0]
    client = Client(SERVER_NAME="localhost")
    client.cookies["jalon_seance"], client.cookies["jalon_jeton"] = entreprise.seance, JETON
    attendus = _numeros(client.get(entreprise.liste).content.decode())
    assert len(attendus) == 25
    monkeypatch.setenv(ENV_SIREN, scene.siren_nue)
    settings.TEMPLATES = gabarits_nus(settings.TEMPLATES)
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = "jalon.bancs.dossiers.vue_nue"
    for chemin in ("/tableau/", "/simple/"):
        assert _numeros(Client().get(chemin).content.decode()) == attendus, chemin
