"""What guides a beginner, hands on the keyboard: the tour of the home page, the words explained, a message closed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.parcours.accessibilite import controler_la_page
from tests.parcours.clavier import tabuler_jusqu_a
from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE

pytestmark = pytest.mark.nuit

ACCUEIL = f"/e/{BELLERIVE}/"
LOUISE = "louise@bellerive.example"
TERME = '.terme__mot[href$="#siren"]'


def _bulle(page: Page) -> str:
    return str(page.locator(".terme__bulle:popover-open").inner_text())


def test_une_visite_se_suit_au_clavier_et_ne_revient_plus(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, LOUISE) as louise:
        louise.se_connecter()
        page = louise.aller(ACCUEIL)
        boite, titre = page.locator("#boite-visite"), page.locator("#visite-titre")
        tabuler_jusqu_a(page, "[data-visite-suivre]")
        page.keyboard.press("Enter")
        expect(titre).to_be_focused()
        expect(boite).to_contain_text("Étape 1 sur 6")
        controler_la_page(page)
        tabuler_jusqu_a(page, "[data-visite-apres]")
        page.keyboard.press("Enter")
        expect(titre).to_be_focused()
        expect(boite).to_contain_text("Étape 2 sur 6")
        page.keyboard.press("Escape")
        expect(boite).to_be_hidden()
        expect(page.locator("[data-visite-suivre]")).to_be_focused()
        expect(page.locator(".visite-ici")).to_have_count(0)
        page.keyboard.press("Enter")
        for _ in range(5):
            tabuler_jusqu_a(page, "[data-visite-apres]")
            page.keyboard.press("Enter")
        expect(page.locator("[data-visite-fin]")).to_have_text("Terminer")
        tabuler_jusqu_a(page, "[data-visite-fin]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("[data-visite]")).to_have_count(0)
        louise.aller("/aide/visites/entreprise/")
        page.get_by_role("link", name="BELLERIVE RESTAURATION").click()
        expect(page.locator("#visite-titre")).to_be_focused()


def test_sur_un_telephone_chaque_etape_montre_ce_qui_se_voit(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, LOUISE) as louise:
        louise.se_connecter()
        page = louise.aller(ACCUEIL)
        page.set_viewport_size({"width": 390, "height": 844})
        louise.aller(f"{ACCUEIL}?visite=1")
        for _ in range(6):
            expect(page.locator(".visite-ici")).to_be_visible()
            if page.locator("[data-visite-apres]").is_visible():
                page.locator("[data-visite-apres]").click()


def test_un_mot_s_explique_au_clavier_au_survol_et_reste_tant_qu_on_le_lit(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, LOUISE) as louise:
        louise.se_connecter()
        page = louise.aller(f"{ACCUEIL}habilitations/")
        mot, ouverte = page.locator(TERME), page.locator(".terme__bulle:popover-open")
        tabuler_jusqu_a(page, TERME)
        for touche in ("Enter", " "):
            page.keyboard.press(touche)
            expect(mot).to_have_attribute("aria-expanded", "true")
            assert "Numéro à neuf chiffres" in _bulle(page)
            controler_la_page(page)
            page.keyboard.press("Escape")
            expect(ouverte).to_have_count(0)
            expect(mot).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(ouverte).to_have_count(0)
        mot.hover()
        assert "Numéro à neuf chiffres" in _bulle(page)
        ouverte.hover()
        page.wait_for_timeout(600)
        assert "Numéro à neuf chiffres" in _bulle(page)
        page.keyboard.press("Escape")
        expect(ouverte).to_have_count(0)
        mot.hover()
        page.mouse.move(0, 0)
        expect(ouverte).to_have_count(0)
        assert page.url.endswith("/habilitations/")


def test_un_message_d_information_se_ferme_sans_quitter_la_page(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, LOUISE) as louise:
        louise.se_connecter()
        page = louise.aller(f"{ACCUEIL}dossiers/")
        cherche = page.locator("#contenu input[name=q]").first
        cherche.fill("Hygiène")
        tabuler_jusqu_a(page, "[data-etat] button")
        page.keyboard.press("Enter")
        expect(page.locator("[data-etat]")).to_have_count(0)
        expect(page.locator("#contenu")).to_be_focused()
        expect(cherche).to_have_value("Hygiène")
        louise.aller(ACCUEIL)
        expect(page.locator("[data-etat]")).to_have_count(0)


def test_sans_script_un_mot_mene_au_glossaire_et_la_visite_a_sa_page(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, LOUISE, javascript=False) as louise:
        louise.se_connecter()
        page = louise.aller(f"{ACCUEIL}habilitations/")
        page.locator(TERME).click()
        expect(page).to_have_url(f"{produit.url}/aide/glossaire/#siren")
        louise.aller(f"{ACCUEIL}?visite=1")
        page.get_by_role("link", name="Suivre la visite").click()
        expect(page).to_have_url(f"{produit.url}/aide/visites/entreprise/")
