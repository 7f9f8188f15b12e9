"""The bare views draw the very rows of the page that they are measured against."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jalon.bancs.dossiers.mise_en_scene import mettre_en_scene
from jalon.bancs.dossiers.reglages_nus import gabarits_nus
from jalon.bancs.dossiers.scene import ENV_SCENE, JETON, Scene

NUMERO = re.compile(r"\b\d{4}AF\d{6}\b")


@pytest.fixture
def scene(base_reelle: str, proprietaire_de_la_base_reelle: str) -> Iterator[Scene]:
    return mettre_en_scene(base_reelle, proprietaire_de_la_base_reelle, 500, processus=1, envois=1, suivi=lambda _: None)


def _numeros(page: str) -> list[str]:
    return list(dict.fromkeys(NUMERO.findall(page)))


def test_une_vue_nue_montre_les_lignes_de_la_liste_de_chacun(
    scene: Scene, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    attendus = []
    for acteur in scene.acteurs:
        client = Client(SERVER_NAME="localhost")
        client.cookies["jalon_seance"], client.cookies["jalon_jeton"] = acteur.seance, JETON
        attendus.append(_numeros(client.get(acteur.liste).content.decode()))
        assert len(attendus[-1]) == 25, acteur.nom
    scene.ecrire(tmp_path / "scene.json")
    monkeypatch.setenv(ENV_SCENE, str(tmp_path / "scene.json"))
    settings.TEMPLATES = gabarits_nus(settings.TEMPLATES)
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = "jalon.bancs.dossiers.vue_nue"
    vus = [_numeros(Client().get(f"/tableau/{rang}/").content.decode()) for rang in range(len(scene.acteurs))]
    assert vus == attendus
