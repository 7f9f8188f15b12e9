"""How long the trace of an e-mail is kept, and the files of the default transport."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from jalon.courriers.actions import envoyer_courriel, preparer, preparer_direct
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.courriers.taches import oublier_courriels
from jalon.socle.identifiants import nouvel_id
from tests.courriers.conftest import AvisEssai

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _envoye(avis: type[AvisEssai], le: datetime) -> Courriel:
    objet = nouvel_id()
    avis.connus.add(objet)
    preparer(avis, objet, [Destinataire("aline@exemple.test")], le=le)
    courriel = Courriel.objects.get(objet_id=objet)
    envoyer_courriel(courriel_id=courriel.id, maintenant=le)
    return courriel


def _reste() -> set[object]:
    with time_machine.travel(LE, tick=False):
        oublier_courriels()
    return set(Courriel.objects.values_list("id", flat=True))


@pytest.mark.parametrize(("jours", "reste"), [(365, True), (366, False)])
def test_la_trace_d_un_envoi_est_effacee_douze_mois_apres(jours: int, reste: bool, avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _envoye(avis, LE - timedelta(days=jours))
    assert _reste() == ({courriel.id} if reste else set())


def test_la_duree_se_regle(avis: type[AvisEssai], dossier: Path, settings: Settings) -> None:
    _envoye(avis, LE - timedelta(days=100))
    settings.JALON_CONSERVATION_COURRIELS = 3
    assert _reste() == set()


def test_ce_qui_attend_encore_ne_s_oublie_pas() -> None:
    preparer_direct(adresse="aline@exemple.test", sujet="x", texte="x", html="", le=LE - timedelta(days=700))
    assert len(_reste()) == 1
    Courriel.objects.update(etat=EtatCourriel.REFUSE)
    assert _reste() == set()


@pytest.mark.parametrize(("jours", "reste"), [(29, True), (31, False)])
def test_un_fichier_de_courriel_dure_trente_jours(jours: int, reste: bool, avis: type[AvisEssai], dossier: Path) -> None:
    courriel = _envoye(avis, LE)
    provisoire = dossier / ".interrompu.tmp"
    provisoire.write_bytes(b"")
    autre = dossier / "note.txt"
    autre.write_bytes(b"")
    quand = LE.timestamp() - jours * 86_400
    for fichier in (provisoire, autre, dossier / f"{courriel.id}.eml"):
        os.utime(fichier, (quand, quand))
    _reste()
    noms = {f.name for f in dossier.iterdir()}
    assert noms == ({f"{courriel.id}.eml", ".interrompu.tmp", "note.txt"} if reste else {"note.txt"})


def test_sans_dossier_de_courriels_rien_ne_casse(dossier: Path) -> None:
    assert not dossier.exists()
    assert _reste() == set()
