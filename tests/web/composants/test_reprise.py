"""A form filled slowly: its confirmation falls due when it is sent, and what was typed comes back after it."""

import re
import time
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.socle.acteurs import Domaine, Niveau
from jalon.web.composants import reprise
from tests.habilitations.fabrique import LE, SIREN, organisation, personne, rattacher, sur_le_siren
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ICI = f"/e/{SIREN}/habilitations/"
NIVEAUX = {"niveau_alternance": "0", "niveau_plan": "2", "niveau_factures": "0", "niveau_reglements": "0", "niveau_rib": "0"}
LIGNE = {"perimetre": "", **NIVEAUX, "niveau_acces": "0"}
REPRENDRE = "/compte/reprendre/"
CACHE = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def horloge() -> Iterator[Any]:
    with time_machine.travel(LE, tick=False) as voyage:
        yield voyage


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])


def _dater(navigateur: Client, le: float) -> None:
    seance = navigateur.session
    seance["account_authentication_methods"] = [p | {"at": le} for p in seance["account_authentication_methods"]]
    seance.save()


def _suite(reponse: Any) -> str:
    adresse = urlsplit(reponse["Location"] if reponse.status_code == 302 else reponse["HX-Redirect"])
    assert adresse.path == reverse("mfa_reauthenticate")
    return parse_qs(adresse.query)["next"][0]


def _droits(lien: Rattachement) -> set[tuple[str, int]]:
    droits = DroitAccorde.objects.filter(rattachement=lien, revoque_le__isnull=True)
    return set(droits.values_list("domaine", "niveau"))


def test_une_ligne_de_droits_tapee_revient_apres_la_confirmation(aline: Personne, bruno: Rattachement) -> None:
    navigateur, adresse = navigateur_de(aline), f"{ICI}{bruno.id}/droits/?siret="
    _dater(navigateur, time.time() - 300)
    formulaire = f"http://testserver{ICI}?modifier={bruno.id}"
    avant = _droits(bruno)
    assert _suite(navigateur.post(adresse, LIGNE, headers={"referer": formulaire})) == REPRENDRE
    assert _droits(bruno) == avant
    _dater(navigateur, time.time())
    page = unescape(navigateur.get(REPRENDRE).content.decode())
    assert "Rien n’est encore envoyé" in page
    assert f'action="{adresse}"' in page
    assert f'href="{ICI}?modifier={bruno.id}"' in page
    gardes = {nom: valeur for nom, valeur in CACHE.findall(page) if nom != "csrfmiddlewaretoken"}
    assert gardes == LIGNE
    assert navigateur.post(adresse, gardes)["Location"] == ICI
    assert _droits(bruno) == {("plan", 2)}


def test_par_htmx_aussi(aline: Personne, bruno: Rattachement) -> None:
    navigateur = navigateur_de(aline)
    _dater(navigateur, time.time() - 300)
    envoi = navigateur.post(f"{ICI}{bruno.id}/droits/?siret=", LIGNE, headers={"HX-Request": "true"})
    assert (envoi.status_code, _suite(envoi)) == (204, REPRENDRE)


def test_ce_qui_est_garde_est_chiffre_sans_secret_et_s_oublie(aline: Personne, horloge: Any) -> None:
    navigateur = navigateur_de(aline)
    _dater(navigateur, time.time() - 300)
    navigateur.post(f"{ICI}inviter/", {"adresse": "canari@exemple.fr", "password1": "x", "csrfmiddlewaretoken": "y"})
    assert "canari" not in str(navigateur.session[reprise.CLE])
    _dater(navigateur, time.time())
    page = navigateur.get(REPRENDRE).content.decode()
    assert 'value="canari@exemple.fr"' in page
    assert "password1" not in page
    horloge.shift(reprise.DUREE + 1)
    assert navigateur.get(REPRENDRE)["Location"] == reverse("accueil")
    assert reprise.CLE not in navigateur.session


def test_un_bouton_seul_ramene_a_sa_page_et_un_fichier_se_rejoint(aline: Personne) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    navigateur = navigateur_de(aline)
    _dater(navigateur, time.time() - 300)
    page = f"http://testserver{ICI}fichier/"
    assert _suite(navigateur.post(f"{ICI}fichier/export/", headers={"referer": page})) == f"{ICI}fichier/"
    assert navigateur.get(REPRENDRE).status_code == 302
    fichier = SimpleUploadedFile("droits.csv", b"adresse")
    envoi = navigateur.post(f"{ICI}fichier/appliquer/", {"contenu": fichier}, headers={"referer": page})
    assert _suite(envoi) == REPRENDRE
    assert "droits.csv" in navigateur.get(REPRENDRE).content.decode()


def test_un_envoi_trop_long_n_est_pas_garde(aline: Personne) -> None:
    navigateur = navigateur_de(aline)
    _dater(navigateur, time.time() - 300)
    trop = {"contenu": "x" * (reprise.SIGNES_AU_PLUS + 1)}
    assert _suite(navigateur.post(f"{ICI}fichier/appliquer/", trop)) != REPRENDRE
