"""`bin/installer.py`: installs once, says what fails, waits for another installation. The commands it runs are stubs."""

import fcntl
import importlib.util
import io
import runpy
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from jalon.config.environnement import RACINE

pytestmark = pytest.mark.coquille
ECHEC = "L’installation des dépendances a échoué (le message est ci-dessus). Vérifiez l’accès à PyPI, puis relancez."


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, in an empty clone."""
    spec = importlib.util.spec_from_file_location("installer", RACINE / "bin" / "installer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for nom in ("requirements.lock", "pyproject.toml"):
        (tmp_path / nom).write_text((RACINE / nom).read_text())
    monkeypatch.setattr(module, "RACINE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "TEMOIN", tmp_path / ".venv" / "jalon-installe")
    return module


@pytest.fixture
def lances(monkeypatch: pytest.MonkeyPatch, installer: ModuleType) -> list[tuple[str, ...]]:
    """Commands run, all of them well; making .venv really makes its folder."""
    faites: list[tuple[str, ...]] = []

    def lancer(commande: tuple[str, ...], **_: object) -> "subprocess.CompletedProcess[bytes]":
        faites.append(tuple(commande))
        (installer.VENV / "bin").mkdir(parents=True, exist_ok=True)
        return subprocess.CompletedProcess(commande, 0)

    monkeypatch.setattr(installer.subprocess, "run", lancer)
    return faites


def test_la_premiere_fois_tout_s_installe_la_seconde_rien(installer: ModuleType, lances: list[tuple[str, ...]]) -> None:
    installer.main()
    python, uv = (str(installer.VENV / "bin" / nom) for nom in ("python", "uv"))
    assert lances[0] == (sys.executable, "-m", "venv", "--clear", str(installer.VENV))
    assert lances[1][:4] == (python, "-m", "pip", "install")
    assert lances[1][-1].startswith("uv==")
    assert lances[2] == (uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", "requirements.lock")
    assert lances[3][-2:] == ("-e", ".")
    lances.clear()
    installer.main()
    assert lances == []


@pytest.mark.parametrize("nom", ["requirements.lock", "pyproject.toml"])
def test_des_dependances_changees_se_reinstallent(nom: str, installer: ModuleType, lances: list[tuple[str, ...]]) -> None:
    installer.main()
    lances.clear()
    (installer.RACINE / nom).write_text((installer.RACINE / nom).read_text() + "\n")
    installer.main()
    assert lances


def test_un_echec_se_dit_et_ne_passe_pas_pour_une_installation(installer: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    essais: list[str] = []

    def echouer(commande: tuple[str, ...], *, env: dict[str, str], **_: object) -> "subprocess.CompletedProcess[bytes]":
        essais.append(env.get("UV_SYSTEM_CERTS", ""))
        return subprocess.CompletedProcess(commande, 1)

    monkeypatch.delenv("UV_SYSTEM_CERTS", raising=False)
    monkeypatch.setattr(installer.subprocess, "run", echouer)
    with pytest.raises(SystemExit) as fin:
        installer.main()
    assert fin.value.code == ECHEC
    assert essais == ["", "1"]
    assert not installer.TEMOIN.exists()


def test_sans_dossier_personnel_le_cache_reste_dans_le_clone(installer: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    monkeypatch.setenv("HOME", "/nulle/part")
    assert installer.environnement()["UV_CACHE_DIR"] == str(installer.VENV / "cache-uv")
    monkeypatch.setenv("UV_CACHE_DIR", "/ailleurs")
    assert installer.environnement()["UV_CACHE_DIR"] == "/ailleurs"


class _Ecran(io.StringIO):
    """A screen that says when the waiting sentence is on it: reading `capsys` meanwhile may lose what is being written."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = threading.Event()

    def write(self, texte: str) -> int:
        ecrits = super().write(texte)
        if "patientez" in self.getvalue():
            self.attend.set()
        return ecrits


def test_deux_installations_s_attendent(
    installer: ModuleType, lances: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ecran = _Ecran()
    monkeypatch.setattr(sys, "stderr", ecran)
    with (installer.RACINE / ".venv.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        seconde = threading.Thread(target=installer.main, daemon=True)
        seconde.start()
        assert ecran.attend.wait(30), ecran.getvalue()
        assert lances == []
    seconde.join(30)
    assert not seconde.is_alive()
    assert lances


def test_un_dossier_ferme_en_ecriture_est_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(fichier: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(fichier))

    monkeypatch.setattr(Path, "open", refuser)
    with pytest.raises(SystemExit) as fin:
        runpy.run_path(str(RACINE / "bin" / "installer.py"), run_name="__main__")
    verrou = RACINE / ".venv.verrou"
    assert fin.value.code == (
        f"Ce dossier n’est pas accessible en écriture ({verrou})\u00a0: clonez Jalon dans un dossier à vous."
    )
