"""The page of an order: what may be printed, what must be withdrawn."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.lettres import preparer_lettres, telecharger_lettres
from jalon.habilitations.enums import EtatCommande
from jalon.habilitations.models import CommandeCodes
from jalon.socle.acteurs import Profil
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, agent, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dossier_des_lettres(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


@time_machine.travel(LE, tick=False)
def test_les_lettres_remplacees_se_retirent_avant_de_declarer_les_autres_imprimees() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    hugo = agent()
    navigateur = Client(raise_request_exception=False)
    navigateur.force_login(hugo)

    def commander(*sirens: str) -> CommandeCodes:
        commande = commander_codes(profil=Profil.ADHERENT, sirens=sirens, par=acteur(hugo), maintenant=LE)
        preparer_lettres(commande_id=commande.pk, maintenant=LE)
        telecharger_lettres(commande_id=commande.pk, par=acteur(hugo), maintenant=LE)
        return commande

    premiere = commander(SIREN, AUTRE_SIREN)
    adresse = f"/opco/codes/{premiere.pk}/"
    assert "Retirez" not in navigateur.get(adresse).content.decode()
    seconde = commander(SIREN)
    page = navigateur.get(adresse).content.decode()
    assert "Retirez 1 lettre de l’envoi" in page
    assert page.count("Remplacée ou arrêtée, à ne pas envoyer") == 1
    assert '<input type="hidden" name="remplacees" value="1">' in page
    refus = navigateur.post(f"{adresse}imprimees/")
    assert refus.status_code == 409
    assert "Retirez de l’envoi les lettres des pages" in refus.content.decode()
    assert navigateur.post(f"{adresse}imprimees/", {"remplacees": "1"}).status_code == 302
    assert CommandeCodes.objects.get(pk=premiere.pk).etat == EtatCommande.IMPRIMEE
    commander(SIREN)
    page = navigateur.get(f"/opco/codes/{seconde.pk}/").content.decode()
    assert "N’envoyez aucune de ces lettres" in page
    assert "Télécharger" not in page
