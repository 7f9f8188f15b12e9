"""`jalon importer …`: what it prints, and that a mistake is one sentence and exit code 2."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from jalon.bancs.sirene_fictif import COLONNES_ETABLISSEMENT, ecrire_csv, etablissements
from jalon.cli import main
from jalon.cli.progression import Progression
from jalon.organisations.actions.registre import VERROU
from jalon.organisations.models import Etablissement, ImportRegistre, Organisation
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS
from jalon.organisations.sirene.fichiers import ouvrir_fichier
from jalon.socle.erreurs import TransitionImpossible
from tests.organisations.fichiers import SIREN, fichier_lieux, fichier_unites, importer, lieu, unite

LIGNES = 40_000


@dataclass
class Sortie:
    """What the command left behind; no-break spaces are shown as spaces."""

    code: int
    out: str
    err: str


@pytest.fixture
def jalon(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sortie]:
    """Run the `jalon importer` command in this process."""

    def lancer(*arguments: object) -> Sortie:
        monkeypatch.setattr(sys, "argv", ["jalon", "importer", *map(str, arguments)])
        with pytest.raises(SystemExit) as fin:
            main()
        sortie = capsys.readouterr()
        return Sortie(int(fin.value.code or 0), *(texte.replace("\u00a0", " ") for texte in (sortie.out, sortie.err)))

    return lancer


def test_un_import_resume_ce_qu_il_a_fait(db: None, jalon: Callable[..., Sortie], tmp_path: Path) -> None:
    lignes = [lieu(), {**lieu(), "siret": "12345678901234"}]
    unites, lieux = fichier_unites(tmp_path, [unite()]), fichier_lieux(tmp_path, lignes)
    fait = jalon("sirene", "--unites-legales", unites, "--etablissements", lieux)
    assert fait.code == 0, fait.err
    assert "Unités légales (StockUniteLegale_utf8.csv) : 1 lus, 1 insérés, 0 mis à jour, 0 inchangés, 0 rejetés." in fait.out
    assert "Établissements (StockEtablissement_utf8.csv) : 2 lus, 1 insérés, 0 mis à jour, 0 inchangés, 1 rejetés." in fait.out
    assert "ligne 3 : le SIRET 12345678901234 n’existe pas" in fait.out
    with (Path(settings.JALON_VAR) / "imports" / "rejets-etablissements.csv").open(encoding="utf-8-sig", newline="") as flux:
        assert list(csv.reader(flux, delimiter=";")) == [
            ["ligne", "raison"],
            ["3", "le SIRET 12345678901234 n’existe pas (chiffre de contrôle)"],
        ]


def test_adherents_puis_portefeuilles(db: None, jalon: Callable[..., Sortie], tmp_path: Path) -> None:
    adherents, regles = tmp_path / "adherents.csv", tmp_path / "regles.csv"
    adherents.write_text(f"SIREN;date;idcc\n{SIREN};15/01/2026;1979\n123;hier;\n", encoding="utf-8")
    regles.write_text("portefeuille;idcc;departement\nHôtels;1979;*\n", encoding="utf-8")
    assert jalon("adherents", adherents).code == 2
    fait = jalon("adherents", "--ignorer-rejets", adherents)
    assert "1 SIREN à vérifier" in fait.out
    assert "ligne 3 : Le SIREN comporte 9 chiffres, il en manque 6" in fait.err
    fait = jalon("portefeuilles", regles)
    assert "1 organisations déplacées ; créés : Hôtels." in fait.out
    assert Organisation.objects.get(siren=SIREN).portefeuille.nom == "Hôtels"


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["sirene"], "Indiquez --unites-legales, --etablissements, ou les deux."),
        (["sirene", "--etablissements", "rien.csv"], "rien.csv n’existe pas."),
        (["sirene", "--etablissements", "vide.csv"], "il est vide"),
        (["sirene", "--unites-legales", "lieux.csv"], "vérifiez l’ordre des deux fichiers"),
        (["adherents", "lieux.csv"], "sa première ligne doit nommer les colonnes"),
        (["adherents", "dates.csv"], "ligne 2 : Cette date n’existe pas au calendrier"),
        (["portefeuilles", "vide.csv"], "il est vide"),
    ],
)
def test_une_erreur_est_une_phrase_et_le_code_2(
    db: None, jalon: Callable[..., Sortie], tmp_path: Path, arguments: list[str], phrase: str
) -> None:
    fichier_lieux(tmp_path, [lieu()]).rename(tmp_path / "lieux.csv")
    (tmp_path / "vide.csv").touch()
    (tmp_path / "dates.csv").write_text(f"siren;date\n{SIREN};31/02/2026\n", encoding="utf-8")
    fait = jalon(*(tmp_path / a if a.endswith(".csv") else a for a in arguments))
    assert fait.code == 2
    assert phrase in fait.err
    assert not Organisation.objects.exists()


def _importer(base: str, fichier: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own, on that database."""
    return subprocess.Popen(
        [sys.executable, "-m", "jalon.cli", "importer", "sirene", "--tranche", "1", "--etablissements", str(fichier)],
        env={**os.environ, "DATABASE_URL": base},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _tuer_a_la_moitie(base: str, fichier: Path) -> None:
    """Start the import and kill -9 it as soon as half the file is written."""
    importeur = _importer(base, fichier)
    moitie = fichier.stat().st_size / 2
    with psycopg.connect(base, autocommit=True) as temoin:
        while importeur.poll() is None:
            ligne = temoin.execute("SELECT position FROM organisations_importregistre").fetchone()
            if ligne and ligne[0] >= moitie:
                importeur.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
    assert importeur.wait(60) == -signal.SIGKILL


def test_tue_a_la_moitie_et_relance_donne_la_meme_table_sans_tout_relire(base_reelle: str, tmp_path: Path) -> None:
    fichier = tmp_path / "StockEtablissement.csv"
    ecrire_csv(fichier, COLONNES_ETABLISSEMENT, etablissements(LIGNES))
    importer(lieux=fichier)
    attendu = list(Etablissement.objects.order_by("siret").values_list())
    assert len(attendu) == LIGNES
    Etablissement.objects.all().delete()
    ImportRegistre.objects.all().delete()

    _tuer_a_la_moitie(base_reelle, fichier)
    avant = ImportRegistre.objects.get()
    assert avant.termine_le is None
    assert avant.position < fichier.stat().st_size
    assert LIGNES * 0.45 < avant.lus < LIGNES
    assert Etablissement.objects.count() == avant.lus
    assert _importer(base_reelle, fichier).wait(120) == 0

    fait = ImportRegistre.objects.get()
    assert (fait.lus, fait.inseres, fait.mis_a_jour, fait.inchanges) == (LIGNES, LIGNES, 0, 0)
    assert list(Etablissement.objects.order_by("siret").values_list()) == attendu


def test_deux_imports_a_la_fois_sont_refuses(tmp_path: Path, base_reelle: str) -> None:
    chemin = fichier_lieux(tmp_path, [lieu()])
    with psycopg.connect(base_reelle) as autre:
        autre.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        with pytest.raises(TransitionImpossible, match="déjà en cours"):
            importer(lieux=chemin)
    assert not Etablissement.objects.exists()
    importer(lieux=chemin)
    assert Etablissement.objects.exists()


def test_hors_d_un_terminal_l_avancement_est_une_ligne_de_temps_en_temps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jalon.cli.progression.SECONDES_ENTRE_LIGNES", 0.0)
    fichier = ouvrir_fichier(fichier_lieux(tmp_path, [lieu()]), ETABLISSEMENTS)
    with Progression() as progression:
        progression.suivre(fichier, "import", fichier.taille // 2)
    assert capsys.readouterr().err.strip().startswith("Import de StockEtablissement_utf8.csv")


def test_sur_un_terminal_l_avancement_est_une_barre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    fichier = ouvrir_fichier(fichier_lieux(tmp_path, [lieu()]), ETABLISSEMENTS)
    with Progression() as progression:
        progression.suivre(fichier, "controle", fichier.taille)
        progression.suivre(fichier, "import", fichier.taille)
    sortie = capsys.readouterr().err
    assert "Contrôle de Stock" in sortie
    assert "Import de Stock" in sortie
    assert "100%" in sortie
