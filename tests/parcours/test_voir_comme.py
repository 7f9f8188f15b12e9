"""« Voir le portail comme… », with the keyboard alone: what a colleague sees, nothing that can be changed, and the way back."""

import pytest
from playwright.sync_api import Browser, expect

from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE
from tests.parcours.test_clavier import actionner
from tests.parcours.test_droits import lien_de

pytestmark = pytest.mark.nuit

ALINE, BRUNO = "aline@bellerive.example", "bruno@bellerive.example"
ICI = f"/e/{BELLERIVE}/habilitations/"
BANDEAU = "Vous voyez l’espace comme Bruno"


def test_une_administratrice_voit_le_portail_comme_sa_collegue(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(ICI)
        adresse = lien_de(page, "Bruno", "Voir comme")
        actionner(page, adresse)
        if aline.confirmer_si_demande():
            aline.aller(ICI)
            actionner(page, adresse)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Voir l’espace comme Bruno")
        aline.controler()

        actionner(page, "main button[type=submit]")
        expect(page.get_by_role("region", name="Vue en lecture seule")).to_contain_text(BANDEAU)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour Bruno")
        expect(page.get_by_role("link", name="Nouvelle demande")).to_have_count(0)
        aline.controler()
        aline.aller(f"/e/{BELLERIVE}/mes-droits/")
        expect(page.get_by_role("heading", name="Qui a regardé l’espace comme vous")).to_be_visible()
        aline.controler()

        aline.aller("/compte/2fa/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Vous regardez, sans agir")
        aline.controler()
        actionner(page, "main button[type=submit]")
        expect(page.get_by_role("region", name="Vue en lecture seule")).to_have_count(0)
        expect(page.locator("table.mx")).to_be_visible()
        aline.aller(f"{ICI}journal/?genre=vues")
        expect(page.locator("main")).to_contain_text("ne regarde plus l’espace comme Bruno")
        aline.controler()
    assert "le regarde comme vous le voyez" in produit.attendre_courriel(BRUNO, "vu comme vous")


def test_quitter_du_bandeau(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(ICI)
        page.locator(lien_de(page, "Bruno", "Voir comme")).click()
        aline.confirmer_si_demande()
        page.locator("main button[type=submit]").click()
        actionner(page, ".vue-comme button")
        expect(page.get_by_role("region", name="Vue en lecture seule")).to_have_count(0)
