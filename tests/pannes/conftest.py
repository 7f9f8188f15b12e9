"""A database where commits are real, folders of its own, workers to kill and workers that take over."""

import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.base_de_tests import RACINE
from tests.cli.outils import attendre, processus
from tests.pannes.scene import travaux_en_cours

DOSSIERS = ("lettres", "editions", "pieces", "exports", "operations")


@dataclass
class Terrain:
    """Where workers live and die: their folder, their database. `interrompus` counts the jobs that a kill cut."""

    dossier: Path
    base: str
    smtp: str = ""
    interrompus: int = 0
    journaux: list[Path] = field(default_factory=list)

    @property
    def courriels(self) -> Path:
        """The folder of the default transport."""
        return self.dossier / "courriels"

    def _environnement(self) -> dict[str, str]:
        chemin = os.pathsep.join(filter(None, (str(RACINE), os.environ.get("PYTHONPATH", ""))))
        return {"JALON_VAR": str(self.dossier), "DATABASE_URL": self.base, "SMTP_URL": self.smtp, "PYTHONPATH": chemin}

    def _journal(self) -> Path:
        self.journaux.append(self.dossier / f"ouvrier-{len(self.journaux)}.log")
        return self.journaux[-1]

    def tuer(self, *points: str) -> None:
        """Start a worker, wait until one job stands at each point, kill -9."""
        journal = self._journal()
        temoin = journal.with_suffix(".points")
        arguments = (str(temoin), str(len(points)), *points)
        with processus(journal, *arguments, module="tests.pannes.ouvrier", **self._environnement()) as ouvrier:

            def atteints() -> bool:
                assert ouvrier.poll() is None, journal.read_text()
                return temoin.exists() and set(temoin.read_text().splitlines()) == set(points)

            attendre(atteints, f"aucun travail ne passe par {points}\n{journal.read_text()}", 60)
            os.killpg(ouvrier.pid, signal.SIGKILL)
            ouvrier.wait(30)
        self.interrompus += len(points)

    def reprendre(self) -> None:
        """An ordinary worker takes over what the dead ones left, until nothing waits."""
        journal = self._journal()
        with processus(journal, "worker", **self._environnement()) as ouvrier:

            def videe() -> bool:
                assert ouvrier.poll() is None, journal.read_text()
                return not travaux_en_cours()

            attendre(videe, "la file ne se vide pas", 90)
            ouvrier.send_signal(signal.SIGTERM)
            assert ouvrier.wait(20) == 0
        repris = sum(
            int(nombre) for nombre in re.findall(r"(\d+) travaux d’un processus disparu sont repris", journal.read_text())
        )
        assert repris == self.interrompus


@pytest.fixture
def terrain(base_reelle: str, settings: Settings, tmp_path: Path) -> Terrain:
    dossier = tmp_path / "var"
    dossier.mkdir()
    fichiers = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        **{nom: {"BACKEND": fichiers, "OPTIONS": {"location": dossier / nom}} for nom in DOSSIERS},
    }
    settings.JALON_DOSSIER_COURRIELS = str(dossier / "courriels")
    return Terrain(dossier, base_reelle)
