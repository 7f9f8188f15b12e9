"""The embedded PostgreSQL: as root or not, interrupted, orphaned, in a long path; nothing outside its folder changes."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import jalon
from jalon.config import embarque
from jalon.config.embarque import Grappe, GrappeImpossible

RACINE = Path(jalon.__file__).parents[1]
PERSONNE = 65534


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return tmp_path / "grappe"


@pytest.fixture
def grappe(dossier: Path) -> Iterator[Grappe]:
    grappe = Grappe(dossier)
    grappe.initialiser()
    grappe.demarrer()
    yield grappe
    grappe.arreter()


def _un(grappe: Grappe) -> int:
    with psycopg.connect(grappe.url("postgres", "postgres")) as connexion:
        ligne = connexion.execute("SELECT 1").fetchone()
        return int(ligne[0]) if ligne else 0


def _droits(dossier: Path) -> int:
    return stat.S_IMODE(dossier.stat().st_mode)


def test_une_grappe_demarre_repond_et_s_arrete_sans_rien_laisser(grappe: Grappe, dossier: Path) -> None:
    assert _un(grappe) == 1
    assert grappe.tourne()
    grappe.arreter()
    assert not grappe.tourne()
    assert not (grappe.donnees / "postmaster.pid").exists()
    assert grappe._habitants() == set()
    grappe.arreter()
    assert {f.name for f in dossier.iterdir()} == {"donnees", "prise", "prete", "postgresql.log"}


def test_elle_n_ecoute_aucun_port_et_ne_s_ouvre_a_personne(grappe: Grappe, dossier: Path) -> None:
    with psycopg.connect(grappe.url("postgres", "postgres")) as connexion:
        assert connexion.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connexion.execute("SELECT inet_server_addr()").fetchone() == (None,)
    for chemin in (dossier, grappe.prise, grappe.donnees):
        assert _droits(chemin) == 0o700
    assert _droits(grappe.prise / ".s.PGSQL.5432") == 0o700


def test_rien_ne_change_hors_du_dossier(tmp_path: Path) -> None:
    parent = tmp_path / "a" / "b"
    parent.mkdir(parents=True)
    parent.chmod(0o750)
    avant = {d: (_droits(d), d.stat().st_uid) for d in (tmp_path, parent.parent, parent)}
    comptes = Path("/etc/passwd").read_bytes()
    grappe = Grappe(parent / "grappe")
    grappe.initialiser()
    grappe.demarrer()
    grappe.arreter()
    assert {d: (_droits(d), d.stat().st_uid) for d in avant} == avant
    assert [d.name for d in parent.iterdir()] == ["grappe"]
    assert Path("/etc/passwd").read_bytes() == comptes


def test_un_initdb_interrompu_est_recommence(dossier: Path) -> None:
    (dossier / "donnees").mkdir(parents=True)
    (dossier / "donnees" / "PG_VERSION").write_text("18\n")
    grappe = Grappe(dossier)
    grappe.initialiser()
    grappe.demarrer()
    assert _un(grappe) == 1
    grappe.arreter()


def test_initialiser_deux_fois_garde_les_donnees(grappe: Grappe) -> None:
    with psycopg.connect(grappe.url("postgres", "postgres"), autocommit=True) as connexion:
        connexion.execute("CREATE DATABASE gardee")
    grappe.arreter()
    grappe.initialiser()
    grappe.demarrer()
    with psycopg.connect(grappe.url("postgres", "gardee")):
        pass


def test_un_chemin_trop_long_pour_une_prise_passe_par_le_dossier_temporaire(tmp_path: Path) -> None:
    grappe = Grappe(tmp_path / ("x" * 60) / ("y" * 60))
    assert len(str(grappe.prise)) < embarque.LONGUEUR_MAX_SOCKET
    grappe.initialiser()
    grappe.demarrer()
    assert _un(grappe) == 1
    assert _droits(grappe.prise) == 0o700
    grappe.arreter()
    assert not grappe.prise.exists()


def test_une_prise_preparee_par_un_autre_est_refusee(tmp_path: Path) -> None:
    piege = tmp_path / "piege"
    piege.mkdir()
    grappe = Grappe(tmp_path / ("x" * 60) / ("y" * 60))
    try:
        grappe.prise.symlink_to(piege)
        with pytest.raises(GrappeImpossible, match="appartient à quelqu’un d’autre"):
            grappe.initialiser()
        assert _droits(piege) == 0o755
    finally:
        grappe.prise.unlink()


@pytest.mark.parametrize("qui", ["postmaster", "lanceur"])
def test_apres_un_kill_9_le_demarrage_suivant_recupere(qui: str, dossier: Path) -> None:
    script = f"""
        import sys, time
        from pathlib import Path
        from jalon.config.embarque import Grappe
        g = Grappe(Path({str(dossier)!r})); g.initialiser(); g.demarrer()
        print(g.processus.pid, flush=True); time.sleep(600)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE) as lanceur:
        assert lanceur.stdout is not None
        postmaster = int(lanceur.stdout.readline())
        grappe = Grappe(dossier)
        with psycopg.connect(grappe.url("postgres", "postgres"), autocommit=True) as connexion:
            connexion.execute("CREATE TABLE gardee AS SELECT 42 AS n")
        os.kill(postmaster if qui == "postmaster" else lanceur.pid, signal.SIGKILL)
        if qui == "postmaster":
            lanceur.kill()
    grappe.demarrer()
    with psycopg.connect(grappe.url("postgres", "postgres")) as connexion:
        assert connexion.execute("SELECT n FROM gardee").fetchone() == (42,)
    grappe.arreter()


def test_postgresql_suit_son_lanceur_dans_la_mort(dossier: Path) -> None:
    script = f"""
        import time
        from pathlib import Path
        from jalon.config.embarque import Grappe
        g = Grappe(Path({str(dossier)!r})); g.initialiser(); g.demarrer()
        print("pret", flush=True); time.sleep(600)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE) as lanceur:
        assert lanceur.stdout is not None
        assert lanceur.stdout.readline() == b"pret\n"
        assert Grappe(dossier)._habitants()
        lanceur.kill()
    fin = time.monotonic() + 20
    while Grappe(dossier)._habitants():
        assert time.monotonic() < fin
        time.sleep(0.05)


def test_un_numero_de_processus_reattribue_ne_bloque_pas_le_demarrage(grappe: Grappe) -> None:
    grappe.arreter()
    (grappe.donnees / "postmaster.pid").write_text(f"{os.getpid()}\n{grappe.donnees}\n1\n5432\n{grappe.prise}\n\n  1 1\nready\n")
    grappe.demarrer()
    assert _un(grappe) == 1


def test_des_donnees_d_une_autre_version_sont_refusees_avec_une_phrase(grappe: Grappe) -> None:
    grappe.arreter()
    (grappe.donnees / "PG_VERSION").write_text("13\n")
    with pytest.raises(GrappeImpossible, match="viennent de PostgreSQL 13"):
        grappe.initialiser()


def test_un_demarrage_impossible_dit_pourquoi(grappe: Grappe) -> None:
    grappe.arreter()
    with pytest.raises(GrappeImpossible, match="ne démarre pas"):
        grappe.demarrer(reglages={"shared_buffers": "beaucoup"})
    grappe.demarrer()


def test_des_binaires_absents_se_disent(monkeypatch: pytest.MonkeyPatch) -> None:
    embarque.dossier_binaires.cache_clear()
    monkeypatch.setattr(embarque, "find_spec", lambda nom: None)
    with pytest.raises(GrappeImpossible, match="binaires"):
        embarque.dossier_binaires()
    embarque.dossier_binaires.cache_clear()


@pytest.fixture
def sans_espace_de_noms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if os.getuid() != 0:
        pytest.skip("réservé à root : un compte ordinaire n’a pas besoin d’un autre compte")
    if not shutil.which("setpriv"):
        pytest.skip("setpriv (util-linux) est absent")
    embarque._prefixe.cache_clear()
    monkeypatch.setattr(embarque.shutil, "which", lambda nom: None if nom == "unshare" else f"/usr/bin/{nom}")
    yield
    embarque._prefixe.cache_clear()


@pytest.mark.usefixtures("sans_espace_de_noms")
def test_sans_espace_de_noms_un_compte_existant_sert_et_se_dit(capsys: pytest.CaptureFixture[str]) -> None:
    dossier = Path(subprocess.check_output(["mktemp", "-d", "/tmp/jalon-essai-XXXXXX"], text=True).strip())
    dossier.chmod(0o755)
    try:
        grappe = Grappe(dossier / "grappe")
        grappe.initialiser()
        grappe.demarrer()
        assert _un(grappe) == 1
        assert grappe.processus is not None
        assert Path(f"/proc/{grappe.processus.pid}").stat().st_uid != 0
        grappe.arreter()
        assert "PostgreSQL tourne sous le compte" in capsys.readouterr().err
    finally:
        shutil.rmtree(dossier)


def test_sans_aucun_moyen_root_est_refuse_avec_une_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    embarque._prefixe.cache_clear()
    monkeypatch.setattr(embarque.os, "getuid", lambda: 0)
    monkeypatch.setattr(embarque.shutil, "which", lambda nom: None)
    with pytest.raises(GrappeImpossible, match="refuse de tourner en root"):
        embarque._prefixe()
    embarque._prefixe.cache_clear()


def _python_pour_tous() -> str | None:
    """An interpreter of our version that an ordinary user may run, when ours lies in a private folder."""
    for candidat in (Path(sys.executable).resolve(), Path(f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}")):
        essai = ["setpriv", f"--reuid={PERSONNE}", f"--regid={PERSONNE}", "--clear-groups", str(candidat), "-c", ""]
        if candidat.exists() and subprocess.run(essai, capture_output=True, check=False, cwd="/").returncode == 0:
            return str(candidat)
    return None


@pytest.mark.parametrize("uid", [PERSONNE, 54321], ids=["nobody", "sans nom"])
def test_un_compte_ordinaire_meme_sans_nom_demarre_la_grappe(uid: int) -> None:
    if os.getuid() != 0:
        pytest.skip("déjà sous un compte ordinaire : les autres essais le prouvent")
    python = _python_pour_tous()
    if python is None:
        pytest.skip("aucun Python de cette version n’est exécutable par un autre compte")
    if uid != PERSONNE and subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False).returncode:
        pytest.skip("espaces de noms refusés par ce système")
    sources = os.pathsep.join([str(RACINE), *(p for p in sys.path if p.endswith("site-packages"))])
    dossier = Path(subprocess.check_output(["mktemp", "-d", "/tmp/jalon-essai-XXXXXX"], text=True).strip())
    os.chown(dossier, uid, uid)
    script = f"""
        import os, psycopg
        from pathlib import Path
        from jalon.config.embarque import Grappe
        g = Grappe(Path({str(dossier)!r}) / "grappe"); g.initialiser(); g.demarrer()
        print(psycopg.connect(g.url("postgres", "postgres")).execute("SELECT 'vivante'").fetchone()[0], os.getuid())
        g.arreter()
    """
    commande = [
        "setpriv",
        f"--reuid={uid}",
        f"--regid={uid}",
        "--clear-groups",
        python,
        "-W",
        "ignore",
        "-c",
        textwrap.dedent(script),
    ]
    environnement = {"PATH": "/usr/bin:/bin", "HOME": "/", "PYTHONPATH": sources}
    try:
        resultat = subprocess.run(
            commande, env=environnement, capture_output=True, text=True, check=False, cwd=dossier, timeout=120
        )
        assert resultat.stdout == f"vivante {uid}\n", resultat.stderr
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(dossier)
