"""The start of a Monday: a filtered list becomes a card of the home, is arranged with buttons alone, and the tasks lead to their place."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE

pytestmark = pytest.mark.nuit

ALINE = "aline@bellerive.example"
ICI = f"/e/{BELLERIVE}/"
NOM = "En attente à Bellerive"


def test_une_assistante_garde_une_liste_et_suit_ses_taches(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(f"{ICI}dossiers/?etat=transmis,en_instruction")
        lignes = page.locator("#resultats tbody tr").count()
        page.get_by_role("link", name="Garder cette vue").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Garder cette vue")
        aline.controler()
        page.get_by_label("Nom", exact=True).fill(NOM)
        page.get_by_label("Mes collègues de cette organisation aussi").check()
        page.get_by_role("button", name="Garder cette vue").click()
        expect(page.locator("main")).to_contain_text("est gardé")
        aline.controler()
        page.get_by_role("button", name=f"Monter {NOM}").click()
        aline.aller(ICI)
        aline.controler()
        carte = page.locator("a.qa", has_text=NOM)
        expect(carte.locator(".qa__n")).to_have_text(str(lignes))
        carte.click()
        expect(page).to_have_url(re.compile(r"dossiers/\?etat=transmis%2Cen_instruction$"))
        aline.aller(f"{ICI}taches/")
        aline.controler()
        page.locator("ul.todo a.btn").first.click()
        expect(page.locator("main h1")).to_be_visible()
        aline.aller("/compte/courriels/")
        page.get_by_label("Chaque lundi").check()
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("main")).to_contain_text("chaque lundi")
        aline.controler()
