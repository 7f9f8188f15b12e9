"""Only the keyboard: reach the content, move, type, and read what a box says when it is left."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import commencer

pytestmark = pytest.mark.nuit


def tabuler_jusqu_a(page: Page, selecteur: str, maximum: int = 80) -> None:
    """Press Tab until that element has the focus."""
    for _ in range(maximum):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selecteur):
            return
    raise AssertionError(f"{selecteur} n’est pas atteint au clavier")


def test_le_lien_d_evitement_mene_au_contenu(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "aline@bellerive.example") as aline:
        aline.se_connecter()
        page = aline.aller("/e/123456782/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#contenu")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#contenu').contains(document.activeElement)")


def test_la_navigation_et_une_section_se_font_au_clavier(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "aline@bellerive.example") as aline:
        aline.se_connecter()
        page = aline.aller("/e/123456782/")
        tabuler_jusqu_a(page, 'nav a[href="/e/123456782/dossiers/"], nav a[href="/e/123456782/dossiers"]')
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/e/123456782/dossiers/?$"))
        dossier = commencer(aline)
        page = aline.aller(f"{dossier}saisie/action/")
        tabuler_jusqu_a(page, "#id_intitule")
        page.keyboard.type("Tenir une cave")
        tabuler_jusqu_a(page, "#id_date_debut")
        page.keyboard.type("32/13/2026")
        page.keyboard.press("Tab")
        expect(page.locator("#id_date_debut_error")).to_be_visible(timeout=20_000)
        expect(page.locator("#id_date_debut")).to_have_attribute("aria-invalid", "true")
        assert page.locator("#id_date_debut").input_value() == "32/13/2026"
        assert page.evaluate("document.activeElement !== document.body")
        aline.controler()
        page.reload()
        assert page.locator("#id_intitule").input_value() == "Tenir une cave"
