"""`bin/demo` and `bin/test` on machines that lack something: a copy of the scripts, stub programs, no network.

The stubs write what they are called with; the real /bin/sh runs the real scripts, with a PATH that holds nothing else.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from jalon.config.environnement import RACINE

pytestmark = pytest.mark.coquille
OUTILS = ("sh", "dirname", "env", "cat")
VIEUX = f"""#!/bin/sh
[ "$1" = "-c" ] && exec {sys.executable} -c 'import sys; sys.version_info = (3, 10, 12, "final", 0); exec(sys.argv[1])' "$2"
"""
SANS_VENV = f"""#!/bin/sh
[ "$1" = "-c" ] && exec {sys.executable} -c 'import sys; sys.modules["ensurepip"] = None; exec(sys.argv[1])' "$2"
"""
RECENT = f"""#!/bin/sh
[ "$1" = "-c" ] && exec {sys.executable} "$@"
echo "python $@" >> "$JOURNAL"
exit ${{CODE_INSTALLATION:-0}}
"""
NOTER = '#!/bin/sh\necho "$(basename "$0") $@" >> "$JOURNAL"\nexit ${CODE_%s:-0}\n'


@dataclass
class Machine:
    """A clone with its scripts, and the programs that its PATH knows."""

    racine: Path
    programmes: Path

    def programme(self, nom: str, texte: str) -> Path:
        return _executable(self.programmes / nom, texte)

    def installe(self, nom: str, texte: str) -> Path:
        """A program of .venv."""
        return _executable(self.racine / ".venv" / "bin" / nom, texte)

    def lancer(self, script: str, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", str(self.racine / "bin" / script), *arguments],
            env={"PATH": str(self.programmes), "JOURNAL": str(self.racine / "journal"), **variables},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def appels(self) -> list[str]:
        journal = self.racine / "journal"
        return journal.read_text().splitlines() if journal.exists() else []


def _executable(fichier: Path, texte: str) -> Path:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text(texte)
    fichier.chmod(0o755)
    return fichier


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A clone where everything is already installed, python3 included; no browser, and an ordinary user."""
    clone = Machine(tmp_path / "jalon", tmp_path / "programmes")
    shutil.copytree(RACINE / "bin", clone.racine / "bin")
    clone.programmes.mkdir()
    for outil in (*OUTILS, "basename"):
        trouve = shutil.which(outil)
        assert trouve
        (clone.programmes / outil).symlink_to(trouve)
    clone.programme("python3", RECENT)
    clone.programme("id", "#!/bin/sh\necho ${UTILISATEUR:-1000}\n")
    for nom in ("jalon", "ruff", "mypy", "lint-imports", "playwright"):
        clone.installe(nom, NOTER % nom.replace("-", "_").upper())
    clone.installe("pytest", '#!/bin/sh\necho "pytest $@" >> "$JOURNAL"\necho "CHROMIUM=$CHROMIUM" >> "$JOURNAL"\n')
    return clone


@pytest.mark.parametrize("script", ["demo", "test"])
@pytest.mark.parametrize(
    ("preparer", "phrase"),
    [
        (lambda m: (m.programmes / "python3").unlink(), "Jalon a besoin de Python 3.11 ou plus récent"),
        (lambda m: m.programme("python3", VIEUX), "Jalon a besoin de Python 3.11 ou plus récent (variable PYTHON pour en désigner un)."),
        (lambda m: m.programme("python3", SANS_VENV), "Le module venv de Python manque. Sous Debian\u00a0: apt install python3-venv"),
    ],
    ids=["absent", "trop vieux", "sans venv"],
)  # fmt: skip
def test_ce_qui_manque_a_python_est_dit_en_une_ligne(
    preparer: Callable[[Machine], object], phrase: str, script: str, machine: Machine
) -> None:
    preparer(machine)
    refus = machine.lancer(script)
    assert refus.returncode == 2
    assert refus.stdout == ""
    (ligne,) = refus.stderr.splitlines()
    assert ligne.startswith(phrase)
    assert machine.appels == []


def test_la_variable_python_designe_un_autre_python(machine: Machine) -> None:
    machine.programme("python3", VIEUX)
    autre = machine.programme("python3.12", RECENT)
    assert machine.lancer("demo", PYTHON=str(autre)).returncode == 0
    assert machine.appels == ["python bin/installer.py", "jalon demo"]


def test_une_installation_qui_echoue_arrete_tout(machine: Machine) -> None:
    for script in ("demo", "test"):
        assert machine.lancer(script, CODE_INSTALLATION="1").returncode == 2
    assert machine.appels == ["python bin/installer.py"] * 2


def test_bin_demo_installe_puis_transmet_ses_options(machine: Machine) -> None:
    assert machine.lancer("demo", "--port", "8001").returncode == 0
    assert machine.appels == ["python bin/installer.py", "jalon demo --port 8001"]


def test_bin_test_enchaine_les_controles_puis_les_essais(machine: Machine) -> None:
    navigateur = machine.programme("chromium", NOTER % "CHROMIUM")
    assert machine.lancer("test", "-k", "rien").returncode == 0
    assert machine.appels == [
        "python bin/installer.py",
        "ruff format --check src tests bin",
        "ruff check src tests bin",
        "mypy ",
        "lint-imports ",
        "pytest -n 2 --dist worksteal -m not nuit -o faulthandler_timeout=900 -o faulthandler_exit_on_timeout=true -k rien",
        f"CHROMIUM={navigateur}",
    ]


def test_bin_test_nuit_lance_tout(machine: Machine) -> None:
    machine.programme("chromium", NOTER % "CHROMIUM")
    assert machine.lancer("test", "--nuit", "-x").returncode == 0
    assert "pytest -x" in machine.appels


@pytest.mark.parametrize("etape", ["ruff", "mypy", "lint-imports"])
def test_un_controle_rouge_arrete_bin_test(etape: str, machine: Machine) -> None:
    machine.programme("chromium", NOTER % "CHROMIUM")
    assert machine.lancer("test", **{f"CODE_{etape.replace('-', '_').upper()}": "1"}).returncode == 1
    assert machine.appels[-1].startswith(etape)


@pytest.mark.parametrize("nom", ["chromium", "chromium-browser", "google-chrome"])
def test_un_navigateur_installe_sert(nom: str, machine: Machine) -> None:
    navigateur = machine.programme(nom, NOTER % "NAVIGATEUR")
    assert machine.lancer("test", UTILISATEUR="0").returncode == 0
    assert machine.appels[-1] == f"CHROMIUM={navigateur}"


def test_le_navigateur_designe_l_emporte(machine: Machine) -> None:
    machine.programme("chromium", NOTER % "CHROMIUM")
    autre = machine.programme("mon-chromium", NOTER % "AUTRE")
    assert machine.lancer("test", CHROMIUM=str(autre)).returncode == 0
    assert machine.appels[-1] == f"CHROMIUM={autre}"


def test_un_navigateur_designe_qui_n_existe_pas_est_dit(machine: Machine) -> None:
    refus = machine.lancer("test", CHROMIUM="/nulle/part")
    assert refus.returncode == 2
    assert refus.stderr.splitlines() == [
        "CHROMIUM désigne «\u00a0/nulle/part\u00a0», qui n’est pas un programme. Corrigez cette variable, ou retirez-la."
    ]
    assert machine.appels == ["python bin/installer.py"]


def test_root_sous_debian_installe_chromium_par_apt(machine: Machine) -> None:
    navigateur = machine.programmes / "chromium"
    pose = f'printf "#!/bin/sh\\n" > {navigateur}; {shutil.which("chmod")} +x {navigateur}'
    machine.programme(
        "apt-get", f'#!/bin/sh\necho "apt-get $@ $DEBIAN_FRONTEND" >> "$JOURNAL"\n[ "$1" = update ] && exit 1\n{pose}\n'
    )
    assert machine.lancer("test", UTILISATEUR="0").returncode == 0
    assert machine.appels[1:3] == [
        "apt-get update -qq ",
        "apt-get install -y -qq --no-install-recommends chromium noninteractive",
    ]
    assert machine.appels[-1] == f"CHROMIUM={navigateur}"
    assert "playwright install chromium" not in machine.appels


def test_un_utilisateur_ordinaire_prend_celui_de_playwright(machine: Machine) -> None:
    machine.programme("apt-get", NOTER % "APT")
    assert machine.lancer("test").returncode == 0
    assert machine.appels[1] == "playwright install chromium"
    assert machine.appels[-1] == "CHROMIUM="


def test_si_apt_echoue_celui_de_playwright_sert(machine: Machine) -> None:
    machine.programme("apt-get", NOTER % "APT")
    assert machine.lancer("test", UTILISATEUR="0", CODE_APT="100").returncode == 0
    assert machine.appels[1:4] == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends chromium",
        "playwright install chromium",
    ]


def test_sans_aucun_navigateur_possible_une_phrase_le_dit(machine: Machine) -> None:
    refus = machine.lancer("test", CODE_PLAYWRIGHT="1")
    assert refus.returncode == 2
    assert refus.stderr.splitlines() == [
        "Chromium manque. Installez-le (sous Debian\u00a0: apt install chromium), ou désignez-le par la variable CHROMIUM."
    ]
    assert not any(appel.startswith("pytest") for appel in machine.appels)


def test_les_scripts_tiennent_dans_le_shell_de_debian() -> None:
    for script in ("demo", "test", "commun.sh"):
        assert subprocess.run(["/bin/sh", "-n", str(RACINE / "bin" / script)], check=False, timeout=30).returncode == 0
    assert os.access(RACINE / "bin" / "demo", os.X_OK)
    assert os.access(RACINE / "bin" / "test", os.X_OK)
