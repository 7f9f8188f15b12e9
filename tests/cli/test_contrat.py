"""`jalon contrat`: answers as JSON, codes 0, 1 and 2, one clear line for what cannot be read, and never a database."""

import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.socle import horloge
from tests.cli.outils import Executer, refus
from tests.cli.test_commandes import _nu
from tests.dispositifs.apprentissage.contrats import CONTRAT, contrat

VU = "2026-09-02"


@pytest.fixture(autouse=True)
def horloge_de_la_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command runs without Django: nothing moves its clock."""
    monkeypatch.setattr(horloge._Horloge, "decalage", staticmethod(timedelta))


def ecrire(dossier: Path, *documents: Any) -> str:
    fichier = dossier / "contrats.json"
    fichier.write_text("\n".join(json.dumps(d) for d in documents), encoding="utf-8")
    return str(fichier)


def test_un_contrat_sans_rien_de_bloquant(jalon: Executer, tmp_path: Path) -> None:
    code, sortie, erreur = jalon("contrat", "controler", ecrire(tmp_path, CONTRAT), "--le", VU)
    anomalies = json.loads(sortie)["anomalies"]
    assert (code, erreur) == (0, "")
    assert {a["code"] for a in anomalies} == {"referentiel-absent"}
    assert {a["gravite"] for a in anomalies} == {"avertissement"}
    assert set(anomalies[0]) == {"code", "gravite", "cases", "message", "source"}


def test_une_anomalie_bloquante_donne_le_code_1(jalon: Executer, tmp_path: Path) -> None:
    code, sortie, _ = jalon("contrat", "controler", ecrire(tmp_path, contrat(apprenti__sexe="M")), "--le", VU)
    (bloquante,) = (a for a in json.loads(sortie)["anomalies"] if a["gravite"] == "bloquante")
    assert code == 1
    assert bloquante["cases"] == ["apprenti.nir", "apprenti.sexe"]


def test_le_jour_du_controle_est_celui_qu_on_donne(jalon: Executer, tmp_path: Path) -> None:
    _, sortie, _ = jalon("contrat", "controler", ecrire(tmp_path, CONTRAT), "--le", "2026-09-08")
    assert "contrat-transmission" in {a["code"] for a in json.loads(sortie)["anomalies"]}
    _, sortie, _ = jalon("contrat", "controler", ecrire(tmp_path, CONTRAT), "--le", "2026-09-07")
    assert "contrat-transmission" not in {a["code"] for a in json.loads(sortie)["anomalies"]}


def test_l_entree_standard(jalon: Executer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CONTRAT).encode()), encoding="utf-8"))
    code, sortie, _ = jalon("contrat", "controler", "-", "--le", VU)
    assert (code, bool(json.loads(sortie)["anomalies"])) == (0, True)


def test_une_estimation(jalon: Executer, tmp_path: Path) -> None:
    fichier = ecrire(tmp_path, contrat(formation__typeDiplome=63))
    code, sortie, _ = jalon("contrat", "estimer", fichier, "--npec", "8000")
    lue = json.loads(sortie)
    assert code == 0
    assert (lue["npec"], lue["total"], lue["participationEmployeur"], lue["resteACharge"]) == (
        "8000.00",
        "16000.00",
        "750.00",
        "0.00",
    )
    assert [e["montant"] for e in lue["echeances"]] == [
        "2450.00",
        "2400.00",
        "1600.00",
        "800.00",
        "3200.00",
        "2400.00",
        "1600.00",
        "800.00",
    ]
    assert lue["annees"][0] == {"numero": 1, "debut": "2026-09-01", "fin": "2027-08-31", "jours": 365, "montant": "8000.00"}
    assert any("Prix du CFA inconnu" in e["libelle"] for e in lue["explications"])
    assert json.loads(jalon("contrat", "estimer", fichier)[1])["npec"] == "6000.00"


def test_une_estimation_ne_lance_pas_les_controles(jalon: Executer, tmp_path: Path) -> None:
    code, sortie, _ = jalon("contrat", "estimer", ecrire(tmp_path, contrat(apprenti__sexe="M", inconnue=1)), "--npec", "8000,00")
    assert (code, json.loads(sortie)["total"]) == (0, "16000.00")


def test_une_estimation_impossible_dit_la_propriete(jalon: Executer, tmp_path: Path) -> None:
    code, sortie, erreur = jalon("contrat", "estimer", ecrire(tmp_path, contrat(contrat__dateFinContrat=None)))
    assert (code, sortie) == (1, "")
    assert erreur == "Indiquez contrat.dateFinContrat\u00a0: l’estimation en a besoin.\n"


@pytest.mark.parametrize("verbe", ["controler", "estimer"])
@pytest.mark.parametrize(
    ("octets", "motif"),
    [
        (b"", "pas du JSON"),
        (b"{", "ligne 1, colonne 2"),
        (b"[" * 100_000, "pas du JSON"),
        (b'{"a": 1}', "cerfa"),
        (b"12", "cerfa"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_un_fichier_illisible_donne_une_ligne_et_le_code_2(
    verbe: str, octets: bytes, motif: str, jalon: Executer, tmp_path: Path
) -> None:
    fichier = tmp_path / "contrat.json"
    fichier.write_bytes(octets)
    assert motif in refus(jalon("contrat", verbe, str(fichier)))


@pytest.mark.parametrize(
    ("arguments", "motif"),
    [
        (("controler",), "FICHIER"),
        (("controler", "/nulle/part.json"), "n’existe pas"),
        (("controler", "/"), "dossier"),
        (("controler", "{}", "--le", "hier"), "hier"),
        (("estimer", "{}", "--npec", "beaucoup"), "n’est pas un montant"),
        (("estimer", "{}", "--npec", "-1"), "n’est pas un montant"),
        (("estimer", "{}", "--npec", "nan"), "n’est pas un montant"),
        (("deviner",), "deviner"),
    ],
)
def test_une_mauvaise_commande_donne_une_ligne_et_le_code_2(
    arguments: tuple[str, ...], motif: str, jalon: Executer, tmp_path: Path
) -> None:
    fichier = ecrire(tmp_path, CONTRAT)
    assert motif in refus(jalon("contrat", *(fichier if a == "{}" else a for a in arguments)))


def test_un_contrat_par_ligne(jalon: Executer, tmp_path: Path) -> None:
    fichier = ecrire(tmp_path, CONTRAT, contrat(apprenti__sexe="M"))
    code, sortie, _ = jalon("contrat", "controler", "--lignes", fichier, "--le", VU)
    premier, second = (json.loads(ligne)["anomalies"] for ligne in sortie.splitlines())
    assert code == 1
    assert len(second) == len(premier) + 1


def test_une_ligne_illisible_n_arrete_pas_les_autres(jalon: Executer, tmp_path: Path) -> None:
    fichier = tmp_path / "contrats.jsonl"
    fichier.write_text(f"{{\n\n{json.dumps(CONTRAT)}\n", encoding="utf-8")
    code, sortie, erreur = jalon("contrat", "estimer", "--lignes", str(fichier))
    premiere, seconde = (json.loads(ligne) for ligne in sortie.splitlines())
    assert code == 2
    assert premiere["erreur"].startswith("Ce fichier n’est pas du JSON")
    assert seconde["npec"] == "6000.00"
    assert erreur.startswith("Ligne 1\u00a0: ")


def test_ni_base_ni_django(tmp_path: Path) -> None:
    fait = _nu("contrat", "controler", ecrire(tmp_path, CONTRAT), "--le", VU, DATABASE_URL="postgresql://nulle/part")
    assert fait.returncode == 0, fait.stderr
    code = "import sys, jalon.cli.contrat;sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
