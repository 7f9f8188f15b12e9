"""Real workers: killed in the middle of a job, stopped politely, left without database."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from jalon.config.embarque import Grappe
from jalon.config.preparation import preparer
from jalon.courriers.actions import preparer_direct
from jalon.courriers.models import Courriel
from jalon.socle.chiffre import chiffrer
from jalon.socle.identifiants import nouvel_id
from jalon.socle.relance import etat_de_la_file
from tests.base_de_tests import DOSSIER
from tests.cli.outils import attendre, processus
from tests.courriers.faux_smtp import Humeur, faux_smtp

LE = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def humeur() -> Humeur:
    return Humeur()


@pytest.fixture
def smtp(humeur: Humeur) -> Iterator[str]:
    with faux_smtp(humeur) as url:
        yield url


def _preparer(adresse: str = "aline@exemple.test") -> None:
    preparer_direct(adresse=adresse, sujet="Votre code", texte="Code", html="", le=LE)


def _tous_envoyes() -> bool:
    return not Courriel.objects.exclude(etat="envoye").exists()


def test_un_travail_coupe_par_kill_9_est_repris_par_un_autre_processus(
    base_reelle: str, humeur: Humeur, smtp: str, tmp_path: Path
) -> None:
    humeur.attente = 60
    _preparer()
    with processus(tmp_path / "1.log", "worker", DATABASE_URL=base_reelle, SMTP_URL=smtp) as premier:
        assert humeur.a_recu.wait(30), (tmp_path / "1.log").read_text()
        premier.send_signal(signal.SIGKILL)
        premier.wait(30)
    humeur.attente = 0
    depart = time.monotonic()
    with processus(tmp_path / "2.log", "worker", DATABASE_URL=base_reelle, SMTP_URL=smtp):
        attendre(_tous_envoyes, "reprise du courriel", 40)
    assert time.monotonic() - depart < 32
    identifiants = {octets.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for _, octets in humeur.recus}
    assert len(identifiants) == 1
    assert "repris" in (tmp_path / "2.log").read_text()


def test_un_processus_s_arrete_proprement_apres_le_travail_en_cours(
    base_reelle: str, humeur: Humeur, smtp: str, tmp_path: Path
) -> None:
    humeur.attente = 5
    _preparer()
    with processus(tmp_path / "1.log", "worker", DATABASE_URL=base_reelle, SMTP_URL=smtp) as ouvrier:
        assert humeur.a_recu.wait(30), (tmp_path / "1.log").read_text()
        ouvrier.send_signal(signal.SIGTERM)
        _preparer("louise@exemple.test")
        assert ouvrier.wait(20) == 0
    assert list(Courriel.objects.order_by("adresse").values_list("etat", flat=True)) == ["envoye", "a_envoyer"]
    assert etat_de_la_file().signe is None
    assert "Traceback" not in (tmp_path / "1.log").read_text()


def test_un_serveur_de_courriels_en_panne_ne_perd_rien(base_reelle: str, humeur: Humeur, smtp: str, tmp_path: Path) -> None:
    humeur.destinataire = "450 plus tard"
    _preparer()
    with processus(tmp_path / "1.log", "worker", DATABASE_URL=base_reelle, SMTP_URL=smtp):
        attendre(lambda: humeur.connexions >= 2, "une reprise")
        assert not _tous_envoyes()
        humeur.destinataire = "250 ok"
        attendre(_tous_envoyes, "envoi après la panne")
    journal = (tmp_path / "1.log").read_text()
    assert "il sera repris" in journal
    assert len(humeur.recus) == 1


@pytest.fixture
def grappe_a_part() -> Iterator[tuple[Grappe, str]]:
    """A cluster of its own, that the test may kill."""
    grappe = Grappe(DOSSIER / "pg-a-tuer")
    grappe.initialiser()
    grappe.demarrer()
    preparer(grappe.url("jalon_proprietaire", "essai"), grappe.url("jalon_app", "essai"), grappe.url("postgres", "postgres"))
    try:
        yield grappe, grappe.url("jalon_app", "essai")
    finally:
        grappe.arreter()


def test_un_processus_survit_a_la_mort_et_au_retour_de_la_base(
    grappe_a_part: tuple[Grappe, str], humeur: Humeur, smtp: str, tmp_path: Path
) -> None:
    grappe, url = grappe_a_part
    with ExitStack() as pile:
        ouvrier = pile.enter_context(processus(tmp_path / "1.log", "worker", DATABASE_URL=url, SMTP_URL=smtp))
        attendre(lambda: _compter(url, "SELECT count(*) FROM procrastinate_workers"), "démarrage")
        for _ in range(2):
            assert grappe.processus is not None
            grappe.processus.send_signal(signal.SIGQUIT)
            grappe.processus.wait(30)
            time.sleep(1)
            grappe.demarrer()
            _mettre_un_courriel(url)
            attendre(lambda: _compter(url, "SELECT count(*) = 0 FROM courriers_courriel WHERE etat != 'envoye'"), "envoi")
            assert ouvrier.poll() is None, (tmp_path / "1.log").read_text()
        attendre(lambda: _compter(url, "SELECT count(*) = 0 FROM procrastinate_jobs WHERE status = 'doing'"), "file au repos")
        assert len(humeur.recus) == 2
        grappe.arreter()
        ouvrier.send_signal(signal.SIGTERM)
        assert ouvrier.wait(20) == 0


def _compter(url: str, requete: str) -> int:
    with psycopg.connect(url) as connexion:
        ligne = connexion.execute(requete.encode()).fetchone()
        return int(ligne[0]) if ligne else 0


def _mettre_un_courriel(url: str) -> None:
    """What `preparer_direct` writes, in SQL: this database is not the one of the test process."""
    courriel = nouvel_id()
    with psycopg.connect(url) as connexion:
        connexion.execute(
            "INSERT INTO courriers_courriel (id, genre, cle, adresse, etat, sujet, version, texte, html, prepare_le)"
            " VALUES (%s, 'direct', '', 'a@exemple.test', 'a_envoyer', 's', 1, %s, '', now())",
            [courriel, chiffrer("Code", courriel)],
        )
        connexion.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('courriels', 'courriers.envoyer', %s)",
            [Jsonb({"courriel_id": str(courriel)})],
        )
