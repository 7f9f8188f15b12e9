"""ClamAV found, clean, slow, garbled, cut in the middle, down; and the age of its signatures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from jalon.pieces.antivirus import Verdict, analyser, interroger
from jalon.pieces.requetes import antivirus
from tests.pieces.fabrique import EICAR, pdf
from tests.pieces.faux_clamd import Chronometre, adresse_fermee, faux_clamd, version_du

LE = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_un_contenu_sain_est_envoye_en_entier() -> None:
    octets = pdf(pages=40) + b"\n" * 300_000
    with faux_clamd() as serveur:
        assert analyser(octets, adresse=serveur.adresse, secondes=5) is Verdict.SAIN
        assert serveur.recus == [octets]


def test_un_contenu_infecte_est_reconnu() -> None:
    with faux_clamd() as serveur:
        assert analyser(EICAR.encode(), adresse=serveur.adresse, secondes=5) is Verdict.INFECTE


@pytest.mark.parametrize("mode", ["ordures", "erreur", "limite", "vide", "moitie", "muet"])
def test_une_reponse_qui_ne_dit_rien_n_est_jamais_saine(mode: str) -> None:
    with faux_clamd(mode) as serveur, Chronometre() as attente:
        assert analyser(pdf(), adresse=serveur.adresse, secondes=0.5) is Verdict.INDISPONIBLE
    assert attente.secondes < 3


@pytest.mark.parametrize("adresse", ["127.0.0.1:1", "/nulle/part/clamd.sock", "unix:///nulle/part", "127.0.0.1"])
def test_un_antivirus_absent_est_indisponible(adresse: str) -> None:
    assert analyser(pdf(), adresse=adresse, secondes=0.5) is Verdict.INDISPONIBLE


def test_un_antivirus_arrete_est_indisponible() -> None:
    assert analyser(pdf(), adresse=adresse_fermee(), secondes=0.5) is Verdict.INDISPONIBLE


def test_un_socket_unix_est_accepte(tmp_path: Path) -> None:
    with faux_clamd(chemin=tmp_path / "clamd.sock") as serveur:
        assert analyser(pdf(), adresse=str(tmp_path / "clamd.sock"), secondes=5) is Verdict.SAIN
        assert serveur.demandes == ["nINSTREAM"]


def test_un_envoi_trop_lent_est_abandonne() -> None:
    with faux_clamd("muet") as serveur, Chronometre() as attente:
        assert analyser(b"x" * 10_000_000, adresse=serveur.adresse, secondes=0.5) is Verdict.INDISPONIBLE
    assert attente.secondes < 3


def test_des_signatures_du_jour_rendent_l_antivirus_pret(settings: Settings) -> None:
    with faux_clamd() as serveur:
        serveur.version = version_du(LE - timedelta(hours=5))
        settings.CLAMAV_ADRESSE = serveur.adresse
        etat = antivirus(LE)
    assert (etat.configure, etat.joignable, etat.pret, etat.signatures) == (True, True, True, 27500)
    assert etat.signatures_du == LE - timedelta(hours=5)
    assert etat.phrase == "Antivirus prêt\u00a0: ClamAV 1.4.6, signatures 27500 du 23/11/2026"


@pytest.mark.parametrize(
    ("version", "phrase"),
    [
        (
            version_du(LE - timedelta(hours=49)),
            "Les signatures de l’antivirus datent du 21/11/2026\u00a0: elles ont plus de 48\u00a0heures",
        ),
        ("ClamAV 1.4.6", "L’antivirus n’a pas de base de signatures officielle"),
        ("ClamAV 1.4.6//", "L’antivirus n’a pas de base de signatures officielle"),
        ("ClamAV 1.4.6/27500/hier", "L’antivirus n’a pas de base de signatures officielle"),
        ("HTTP/1.1 400 Bad Request", "L’antivirus répond autre chose que sa version"),
    ],
)
def test_des_signatures_anciennes_ou_absentes_ne_suffisent_pas(version: str, phrase: str) -> None:
    with faux_clamd() as serveur:
        serveur.version = version
        etat = interroger(adresse=serveur.adresse, secondes=2, maintenant=LE)
    assert not etat.pret
    assert etat.phrase == phrase


def test_un_antivirus_muet_ou_absent_n_est_pas_pret() -> None:
    with faux_clamd("muet") as serveur, Chronometre() as attente:
        etat = interroger(adresse=serveur.adresse, secondes=0.5, maintenant=LE)
    assert (etat.configure, etat.joignable, etat.pret) == (True, False, False)
    assert attente.secondes < 3
    assert not interroger(adresse="", secondes=1, maintenant=LE).configure
