"""`bin/demo` as people use it: beside another, interrupted, killed, elsewhere. Real processes, found by their environment."""

import os
import re
import signal
import socket
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.base_de_tests import GRAPPE
from tests.coquille.conftest import Folder, attendre, environnement_de, port_libre, processus_de, repond

pytestmark = pytest.mark.coquille


def _numeros(processus: dict[int, str], motif: str) -> set[int]:
    return {pid for pid, commande in processus.items() if re.search(motif, commande)}


def test_une_seconde_demonstration_le_dit_et_ne_nuit_pas(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (_, port):
        avant = processus_de(demo.dossier)
        for autre in (port, port_libre()):
            seconde = demo.jalon("demo", PORT=str(autre))
            assert seconde.returncode == 2
            assert f"tourne déjà dans ce dossier\u00a0: http://localhost:{port}" in seconde.stderr
            assert len(seconde.stderr.strip().splitlines()) == 1
        assert processus_de(demo.dossier).keys() == avant.keys()
        assert repond(port, "/readyz")


def test_un_visiteur_arrive_au_formulaire_de_connexion(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (_, port):
        navigateur = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with navigateur.open(f"http://localhost:{port}/", timeout=20) as reponse:
            page = reponse.read().decode()
            assert reponse.url.startswith(f"http://localhost:{port}/compte/login/")
        assert 'type="password"' in page
        assert "<h1" in page
        with navigateur.open(f"http://localhost:{port}/demo/comptes", timeout=20) as reponse:
            assert "aline@bellerive.example" in reponse.read().decode()
        attendre(lambda: repond(port, "/readyz"), "la file ne se vide pas", 60)
        verification = demo.jalon("verifier")
        assert verification.returncode == 0, verification.stdout
        assert "✓ Base de données" in verification.stdout
        horloge = demo.jalon("horloge", "+72h")
        assert "3\u00a0j" in horloge.stdout, horloge.stderr


def test_ctrl_c_arrete_tout_et_ne_laisse_aucun_processus(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (enfant, port):
        assert len(processus_de(demo.dossier)) >= 4
        os.killpg(enfant.pid, signal.SIGINT)
        assert enfant.wait(45) == 0
        assert processus_de(demo.dossier) == {}
        assert not repond(port)
    assert "Arrêt de la démonstration" in (tmp_path / "1.log").read_text()
    assert not (demo.dossier / "postgresql" / "donnees" / "postmaster.pid").exists()


@pytest.mark.parametrize("victimes", ["jalon.cli demo", "jalon.cli demo|granian|jalon.cli worker|bin/postgres -D"])
def test_apres_un_kill_9_le_demarrage_suivant_recupere(victimes: str, demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (enfant, _):
        for pid in _numeros(processus_de(demo.dossier), victimes):
            os.kill(pid, signal.SIGKILL)
        enfant.wait(10)
        with demo.demonstration(tmp_path / "2.log") as (_, port):
            attendre(lambda: repond(port, "/readyz"), "le site ne revient pas", 60)
            serveurs = _numeros(processus_de(demo.dossier), "granian")
            assert len(serveurs) == 3, "un serveur du premier démarrage reste"


def test_un_kill_9_du_superviseur_seul_ne_laisse_pas_d_orphelin(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (enfant, _):
        enfant.kill()
        enfant.wait(10)
        attendre(lambda: not processus_de(demo.dossier), "des orphelins restent", 30)


def test_ce_qui_tombe_est_relance(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log") as (enfant, port):
        attendre(lambda: _numeros(processus_de(demo.dossier), "jalon.cli worker"), "démarrage des travaux", 30)
        for motif in ("granian", "jalon.cli worker", "jalon.cli sceller", "bin/postgres -D"):
            (premier, *_) = sorted(_numeros(processus_de(demo.dossier), motif))
            os.kill(premier, signal.SIGKILL)
            attendre(
                lambda motif=motif, premier=premier: _numeros(processus_de(demo.dossier), motif) - {premier},  # type: ignore[misc]
                f"{motif} n’est pas relancé",
                30,
            )
            attendre(lambda: repond(port, "/readyz"), f"le site ne revient pas après {motif}", 45)
        assert enfant.poll() is None


def test_le_sceau_seul_connait_sa_connexion(demo: Folder, tmp_path: Path) -> None:
    with demo.demonstration(tmp_path / "1.log"):
        attendre(lambda: _numeros(processus_de(demo.dossier), "jalon.cli sceller"), "démarrage du sceau", 30)
        pythons = {pid: c for pid, c in processus_de(demo.dossier).items() if re.search("jalon.cli|granian", c)}
        assert len(pythons) >= 4
        for pid, commande in pythons.items():
            informe = b"DATABASE_URL_SCEAU=" in Path(f"/proc/{pid}/environ").read_bytes()
            assert informe == ("jalon.cli sceller" in commande), commande


def test_un_port_occupe_est_dit_sans_rien_demarrer(demo: Folder, tmp_path: Path) -> None:
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = occupant.getsockname()[1]
        refus = demo.jalon("demo", PORT=str(port))
    assert refus.returncode == 2
    assert refus.stderr.startswith(f"Le port {port} est occupé.")
    assert processus_de(demo.dossier) == {}


@pytest.mark.parametrize(("port", "phrase"), [("abc", "nombre entier"), ("0", "entre 1 et 65535"), ("70000", "entre 1 et 65535")])
def test_un_port_impossible_est_dit(port: str, phrase: str, demo: Folder) -> None:
    refus = demo.jalon("demo", PORT=port)
    assert refus.returncode == 2
    assert phrase in refus.stderr
    assert len(refus.stderr.strip().splitlines()) == 1


@pytest.fixture
def base_ailleurs() -> Iterator[dict[str, str]]:
    """A database of another server, already there, with the two roles of the product."""
    nom = f"ailleurs_{os.getpid()}"
    with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
        connexion.execute(sql.SQL("CREATE DATABASE {} OWNER jalon_proprietaire").format(sql.Identifier(nom)))
    try:
        yield {
            "DATABASE_URL": GRAPPE.url("jalon_app", nom),
            "DATABASE_URL_PROPRIETAIRE": GRAPPE.url("jalon_proprietaire", nom),
        }
    finally:
        with psycopg.connect(GRAPPE.url("postgres", "postgres"), autocommit=True) as connexion:
            connexion.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(nom)))


def test_database_url_est_honoree(base_ailleurs: dict[str, str], tmp_path: Path) -> None:
    dossier = tmp_path / "var"
    folder = Folder(dossier, {**environnement_de(dossier), **base_ailleurs})
    with folder.demonstration(tmp_path / "1.log", delai=240) as (_, port):
        attendre(lambda: repond(port, "/readyz"), "la file ne se vide pas", 60)
        assert not _numeros(processus_de(dossier), "bin/postgres -D")
        assert not (dossier / "postgresql").exists()
        with psycopg.connect(base_ailleurs["DATABASE_URL"]) as connexion:
            ligne = connexion.execute("SELECT count(*) > 0 FROM comptes_personne").fetchone()
        assert ligne == (True,)


@pytest.mark.parametrize(
    ("url", "debut"),
    [
        ("postgresql://jalon_app@127.0.0.1:1/jalon", "DATABASE_URL_PROPRIETAIRE ne permet pas de se connecter"),
        ("n’importe quoi", "DATABASE_URL ne se lit pas"),
    ],
)
def test_une_base_injoignable_est_dite_en_une_ligne(url: str, debut: str, tmp_path: Path) -> None:
    dossier = tmp_path / "var"
    folder = Folder(dossier, environnement_de(dossier))
    refus = folder.jalon("demo", DATABASE_URL=url, PORT=str(port_libre()))
    assert refus.returncode == 2
    assert refus.stderr.startswith(debut)
    assert len(refus.stderr.strip().splitlines()) == 1
    assert processus_de(dossier) == {}
