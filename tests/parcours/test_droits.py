"""« Une responsable RH donne, restreint et retire des droits », with the keyboard alone, axe on every page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.parcours.clavier import actionner, choisir, prendre, tabuler_jusqu_a, taper
from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE

pytestmark = pytest.mark.nuit

ALINE, LOUISE = "aline@bellerive.example", "louise@bellerive.example"
ICI = f"/e/{BELLERIVE}/habilitations/"


def lien_de(page: Page, qui: str, debut: str) -> str:
    """Selector of a link of the row of somebody."""
    ligne = page.locator("table.mx tbody tr").filter(has_text=qui)
    href = ligne.locator("a").filter(has_text=re.compile(f"^{debut}")).first.get_attribute("href")
    return f'a[href="{href}"]'


def test_une_responsable_rh_donne_restreint_et_retire_des_droits(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(ICI)
        aline.controler()

        actionner(page, f'a[href^="{ICI}inviter/"]')
        taper(page, "prenom", "Zoé")
        taper(page, "nom", "Neuve")
        taper(page, "adresse", "zoe@bellerive.example")
        prendre(page, "modele", "comptabilite")
        taper(page, "fin", "31/12/2099")
        aline.controler()
        actionner(page, "main button[type=submit]")
        expect(page.get_by_role("heading", name="Droits en attente de confirmation")).to_be_visible()
        expect(page.get_by_text("la confirmation d’une autre personne")).to_be_visible()
        aline.controler()

        actionner(page, lien_de(page, "Bruno", "Modifier"))
        tabuler_jusqu_a(page, '[name="niveau_plan"]')
        choisir(page, "niveau_plan", "2")
        aline.controler()
        choisir(page, "niveau_plan", "1")
        actionner(page, '#edition-ligne button[type="submit"]')
        expect(page.locator("table.mx tbody tr").filter(has_text="Bruno").first).to_contain_text("Lecture")

        tabuler_jusqu_a(page, '[name="personnes"]')
        page.keyboard.press("Space")
        tabuler_jusqu_a(page, lien_de(page, "Zoé Neuve", "Retirer"))
        with page.expect_event("load"):
            page.keyboard.press("Enter")
        taper(page, "motif", "Invitation faite par erreur")
        aline.controler()
        actionner(page, "main button[type=submit]")
        expect(page.locator("table.mx")).not_to_contain_text("Zoé Neuve")

        for chemin in ("revue/", "journal/", "fichier/"):
            aline.aller(ICI + chemin)
            if "/reauthenticate/" in page.url:
                aline.donner_le_code()
            aline.controler()
        aline.aller(f"/e/{BELLERIVE}/mes-droits/")
        aline.controler()


def test_un_second_administrateur_confirme_ce_qui_attend(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(f"{ICI}inviter/")
        taper(page, "adresse", "paul@bellerive.example")
        prendre(page, "modele", "administration")
        actionner(page, "main button[type=submit]")
        expect(page.locator(".req article").filter(has_text="paul@bellerive.example")).to_contain_text("Aline")
    with personnage(produit, navigateur, LOUISE) as louise:
        louise.se_connecter()
        page = louise.aller(ICI)
        louise.controler()
        actionner(page, 'button[name="decision"][value="accorder"]')
        expect(page.get_by_text("Ces droits sont confirmés.")).to_be_visible()
        expect(page.locator(".req")).to_have_count(0)
