"""An administrator gives a program its key, without a script as with one; the program reads, then is refused."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.parcours.outils import Personnage, Produit, personnage

ALINE = "aline@bellerive.example"
BELLERIVE = re.compile(r"/e/(\d{9})/")


def _appeler(produit: Produit, secret: str) -> tuple[int, str]:
    """Status, and what the service says: « ok », or why not."""
    demande = urllib.request.Request(f"{produit.url}/api/v1/status", headers={"X-API-KEY": secret})  # noqa: S310
    try:
        with urllib.request.urlopen(demande, timeout=30) as reponse:  # noqa: S310
            return reponse.status, json.load(reponse)["statut"]
    except urllib.error.HTTPError as refus:
        with refus:
            return refus.code, json.load(refus)["type"]


def _les_cles(qui: Personnage) -> Page:
    qui.se_connecter()
    page = qui.aller("/accueil/")
    if not BELLERIVE.search(page.url):
        page.get_by_role("link", name=re.compile("Bellerive")).first.click()
    page.get_by_role("link", name="Clés d’API").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clés d’API")
    return page


def _creer(qui: Personnage, nom: str, controler: Callable[[], None]) -> str:
    page = _les_cles(qui)
    controler()
    page.get_by_role("link", name="Créer une clé").click()
    if "/reauthenticate/" in page.url:
        qui.donner_le_code()
    controler()
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_label("Nom de la clé")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Nom de la clé").fill(nom)
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("créée")
    controler()
    return page.get_by_label("Clé d’API").input_value()


def _revoquer(qui: Personnage, nom: str, controler: Callable[[], None]) -> None:
    page = _les_cles(qui)
    page.get_by_role("link", name=f"Révoquer la clé {nom}").click()
    controler()
    page.get_by_label("Motif").fill("Logiciel remplacé")
    page.get_by_role("button", name="Révoquer la clé").click()
    expect(page.locator("main")).to_contain_text("le prochain appel sera refusé")
    controler()


@pytest.mark.parametrize("javascript", [True, False], ids=["avec script", "sans script"])
def test_une_administratrice_donne_une_cle_a_un_logiciel_puis_la_revoque(
    produit: Produit, navigateur: Browser, javascript: bool
) -> None:
    nom = f"Paie {'avec' if javascript else 'sans'} script"
    with personnage(produit, navigateur, ALINE, javascript=javascript) as aline:
        controler = aline.controler if javascript else _rien
        secret = _creer(aline, nom, controler)
        _copier(aline, secret, javascript)
        assert _appeler(produit, secret) == (200, "ok")
        assert _appeler(produit, secret[:-1]) == (401, "urn:jalon:cle-mal-recopiee")
        assert secret not in _les_cles(aline).content()
        _revoquer(aline, nom, controler)
        assert _appeler(produit, secret) == (401, "urn:jalon:cle-revoquee")
    produit.attendre_courriel(ALINE, rf"«\s{nom}\s» vient d’être créée")
    assert not any(secret in str(message) for message in produit.courriels(ALINE))
    assert secret not in (produit.dossier / "demo.log").read_text()


def _rien() -> None:
    """axe needs a script."""


def _copier(qui: Personnage, secret: str, javascript: bool) -> None:
    """The button where there is a script; without one, a box to select as any other."""
    bouton = qui.page.get_by_role("button", name="Copier la clé")
    if javascript:
        qui.contexte.grant_permissions(["clipboard-read", "clipboard-write"])
        bouton.click()
        expect(qui.page.get_by_role("status").filter(has_text="Clé copiée.")).to_be_visible()
        assert qui.page.evaluate("navigator.clipboard.readText()") == secret
    else:
        expect(bouton).to_be_hidden()
        expect(qui.page.get_by_label("Clé d’API")).to_have_value(secret)
