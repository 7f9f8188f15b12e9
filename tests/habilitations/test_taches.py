"""Jobs call the actions with the clock."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.courriers.models import Courriel
from jalon.habilitations import (
    taches,
)
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.enums import EtatCommande, EtatPreparation
from jalon.habilitations.models import CommandeCodes, CompteurEssais
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.socle.acteurs import (
    Domaine,
    Droit,
    Niveau,
    Profil,
)
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
)
from tests.habilitations.preparations import deposee, ligne, signer

pytestmark = pytest.mark.django_db


def test_le_travail_prepare_puis_efface_les_lettres(
    tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = reglages
    organisation()
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(agent()), maintenant=LE)
    with time_machine.travel(LE, tick=False):
        taches.preparer_lettres(commande_id=str(commande.id))
    assert CommandeCodes.objects.get().etat == EtatCommande.PRETE
    with time_machine.travel(LE + timedelta(days=7), tick=False), django_capture_on_commit_callbacks(execute=True):
        taches.effacer_lettres()
    assert CommandeCodes.objects.get().etat == EtatCommande.EFFACEE
    assert not [f for f in tmp_path.rglob("*") if f.is_file()]


def test_le_travail_applique_ce_que_deux_personnes_ont_signe(tmp_path: Path) -> None:
    organisation()
    preparation = deposee(tmp_path, ligne("bruno@essai.example"))
    signer(preparation, agent(prenom="Hugo"))
    taches.relancer_preparations()
    assert not _attendus("habilitations.appliquer_preparation")
    signer(preparation, agent(prenom="Lea"))
    assert _attendus("habilitations.appliquer_preparation") == [{"preparation_id": str(preparation.id)}]
    taches.relancer_preparations()
    assert len(_attendus("habilitations.appliquer_preparation")) == 2
    with time_machine.travel(LE, tick=False):
        taches.appliquer_preparation(preparation_id=str(preparation.id))
    preparation.refresh_from_db()
    assert preparation.etat == EtatPreparation.APPLIQUEE


def _attendus(nom: str) -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name=nom).order_by("id").values_list("args", flat=True))


def test_les_compteurs_et_les_commandes_oubliees_sont_entretenus() -> None:
    CompteurEssais.objects.create(genre="code-siren", cle=SIREN, jour=LE.date(), nombre=1)
    with time_machine.travel(LE + timedelta(days=31), tick=False):
        taches.oublier_essais()
        taches.relancer_commandes()
    assert not CompteurEssais.objects.exists()


def test_le_travail_previent_des_cles_qui_expirent() -> None:
    rattacher(personne())
    demande = DemandeCle("Paie", [Droit(Domaine.PLAN, Niveau.LECTURE)], LE.date() + timedelta(days=60))
    cle = creer_cle_api(
        siren=SIREN, profil=Profil.ADHERENT, demande=demande, par=ActeurSysteme("essai"), maintenant=LE
    ).cle  # fmt: skip
    with time_machine.travel(LE + timedelta(days=40), tick=False):
        taches.prevenir_expirations()
    assert Courriel.objects.get(genre="habilitations.cle_bientot_expiree").objet_id == cle.id


def test_les_travaux_ont_un_nom_stable() -> None:
    noms = {n for n in app.tasks if n.startswith("habilitations.")}
    assert noms == {
        "habilitations.preparer_lettres",
        "habilitations.effacer_lettres",
        "habilitations.relancer_commandes",
        "habilitations.oublier_essais",
        "habilitations.prevenir_expirations",
        "habilitations.rappeler_mandats",
        "habilitations.installer_mandats",
        "habilitations.appliquer_preparation",
        "habilitations.relancer_preparations",
        "habilitations.relancer_demandes",
        "habilitations.terminer_vue",
    }
