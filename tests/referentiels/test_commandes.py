"""`jalon importer npec` and its sisters: what they print, one sentence and exit code 2 for a mistake, and kill -9 half-way."""

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

from jalon.bancs.npec_fictif import ecrire_npec
from jalon.cli import main
from jalon.referentiels.actions.officiels import VERROU
from jalon.referentiels.models import BrancheNpec, ImportReferentiel, NiveauNpec, RejetReferentiel
from jalon.socle.erreurs import TransitionImpossible
from tests.referentiels.classeurs import classeur, importer, niveau

LIGNES = 5_000


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
    fait = jalon("npec", classeur(tmp_path, niveau(), niveau("?")))
    assert fait.code == 0, fait.err
    assert (
        "Niveaux de prise en charge (NPEC), édition du 18/07/2024 (Referentiel-des-NPEC_vMAJ-18.07.2024.xlsx) : "
        "2 lignes lues, 1 insérées, 0 mises à jour, 0 inchangées, 0 retirées, 1 rejetées." in fait.out
    )
    assert "Onglet 3 - référentiel NPEC, ligne 6 : le code RNCP « ? » ne peut pas être lu" in fait.out
    rejets = (Path(settings.JALON_VAR) / "imports" / "rejets-npec.csv").read_text(encoding="utf-8-sig")
    assert rejets.splitlines()[0] == "fichier;ligne;raison"
    assert "Onglet 3 - référentiel NPEC;6;" in rejets


def test_l_edition_peut_etre_donnee(db: None, jalon: Callable[..., Sortie], tmp_path: Path) -> None:
    fait = jalon("npec", classeur(tmp_path, niveau()), "--edition", "15/09/2024")
    assert "édition du 15/09/2024" in fait.out
    assert jalon("npec", "x.xlsx", "--edition", "hier").code == 2


@pytest.mark.parametrize("commande", ["npec", "rncp", "uai", "organismes", "siro"])
def test_un_fichier_qui_n_en_est_pas_un_est_une_phrase_et_le_code_2(
    db: None, jalon: Callable[..., Sortie], tmp_path: Path, commande: str
) -> None:
    (tmp_path / "faux").write_text("une;autre\n1;2\n", encoding="utf-8")
    for nom, phrase in {"absent": "il n’existe pas", "faux": "ce n’est pas"}.items():
        fait = jalon(commande, tmp_path / nom)
        assert fait.code == 2
        (ligne,) = fait.err.strip().splitlines()
        assert f"Le fichier {nom} ne peut pas être importé : {phrase}" in ligne
    assert not ImportReferentiel.objects.exists()


def _tables() -> list[object]:
    niveaux = NiveauNpec.objects.order_by("rncp", "cpne", "applicable_du", "valeur").values_list()
    return [list(niveaux), list(BrancheNpec.objects.order_by("idcc", "cpne").values_list())]


def _importer(base: str, fichier: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own, on that database."""
    return subprocess.Popen(
        [sys.executable, "-m", "jalon.cli", "importer", "npec", str(fichier)],
        env={**os.environ, "DATABASE_URL": base},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _tuer_une_fois_le_fichier_lu(base: str, fichier: Path) -> None:
    """Start the import, hold it with the file read and nothing yet written (a lock on the table), and kill -9 it there."""
    with psycopg.connect(base) as verrou, psycopg.connect(base, autocommit=True) as temoin:
        verrou.execute("LOCK TABLE referentiels_niveaunpec IN SHARE MODE")
        importeur = _importer(base, fichier)
        attente = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'referentiels_niveaunpec'::regclass"
        while importeur.poll() is None:
            (bloques,) = temoin.execute(attente).fetchone() or (0,)
            if bloques:
                importeur.send_signal(signal.SIGKILL)
                break
            time.sleep(0.01)
        assert importeur.wait(60) == -signal.SIGKILL


def test_tue_au_milieu_rien_n_est_a_moitie_ecrit_et_relance_donne_la_meme_table(base_reelle: str, tmp_path: Path) -> None:
    fichier = tmp_path / "npec.xlsx"
    ecrire_npec(fichier, LIGNES)
    importer(fichier)
    attendu = _tables()
    assert len(attendu[0]) > LIGNES  # type: ignore[arg-type]
    for modele in (NiveauNpec, BrancheNpec, ImportReferentiel, RejetReferentiel):
        modele.objects.all().delete()

    _tuer_une_fois_le_fichier_lu(base_reelle, fichier)
    assert _tables() == [[], []]
    assert not ImportReferentiel.objects.exists()
    assert _importer(base_reelle, fichier).wait(120) == 0
    assert _tables() == attendu
    assert ImportReferentiel.objects.get().inseres == len(attendu[0])  # type: ignore[arg-type]


def test_deux_imports_a_la_fois_sont_refuses(tmp_path: Path, base_reelle: str) -> None:
    chemin = classeur(tmp_path, niveau())
    with psycopg.connect(base_reelle) as autre:
        autre.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        with pytest.raises(TransitionImpossible, match="déjà en cours"):
            importer(chemin)
    assert not NiveauNpec.objects.exists()
    importer(chemin)
    assert NiveauNpec.objects.exists()
