"""A group of 40 establishments and 32 people, with the keyboard alone: search, one row, several people at once, every code."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.parcours.clavier import (
    actionner,
    annonce,
    choisir,
    cocher,
    confirmer_si_demande,
    prendre,
    revenir_a,
    se_connecter,
    tabuler_jusqu_a,
    taper,
    valider,
)
from tests.parcours.outils import Produit, personnage
from tests.parcours.peuplement import ETABLISSEMENTS, GROUPE, ODILE, siret_du_groupe

ICI = f"/e/{GROUPE}/habilitations/"


def _lignes(page: Page) -> list[str]:
    return page.locator("table.mx tbody tr .usr b").all_inner_texts()


def _lien(page: Page, qui: str, debut: str) -> str:
    liens = page.locator("table.mx tbody tr").filter(has_text=qui).locator("a").filter(has_text=re.compile(f"^{debut}"))
    return f'a[href="{liens.first.get_attribute("href")}"]'


def test_un_groupe_de_quarante_etablissements_se_gere_au_clavier(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("groupe")
    with personnage(produit, navigateur, ODILE) as odile:
        page = se_connecter(odile)
        page.goto(produit.url + ICI)
        expect(page.locator(".scope__txt").first).to_contain_text(f"{ETABLISSEMENTS} établissements")
        expect(page.locator("main .pager")).to_contain_text("32 personnes")
        odile.controler()
        taper(page, "q", "martin 1")
        valider(page)
        assert _lignes(page) == [f"Camille Martin {rang}" for rang in range(10, 20)]
        taper(page, "lieu", siret_du_groupe(13))
        valider(page)
        assert "Camille Martin 13" in _lignes(page)
        page.goto(f"{produit.url}{ICI}?q=martin+13")
        actionner(page, _lien(page, "Martin 13", "Modifier"))
        prendre(page, "niveau_alternance", "1")
        odile.controler()
        tabuler_jusqu_a(page, "#edition-ligne button[type=submit]")
        valider(page)
        confirmer_si_demande(odile)
        annonce(page, "Les droits sont modifiés")
        assert _lignes(page) == ["Camille Martin 13"], "la recherche est gardée"
        taper(page, "q", "martin 0")
        valider(page)
        for rang in (1, 2, 3):
            cocher(page, f'[aria-label="Choisir Camille Martin 0{rang}"]')
        revenir_a(page, '[name="acte"]')
        choisir(page, "acte", "lecture")
        odile.controler()
        tabuler_jusqu_a(page, "#masse button[type=submit]")
        valider(page)
        annonce(page, "Droits modifiés pour 3 personnes")
        expect(page.get_by_label("Chercher une personne ou un établissement")).to_have_value("martin 0")


def test_un_groupe_suit_ses_codes_sur_un_seul_ecran(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("groupe")
    with personnage(produit, navigateur, ODILE) as odile:
        page = se_connecter(odile)
        page.goto(produit.url + ICI)
        actionner(page, 'main nav a[href^="/acces/codes/"]')
        expect(page.locator("main table")).to_contain_text("HORIZON HOTELS")
        odile.controler()
        actionner(page, 'main table a[href*="/arreter/"]')
        odile.controler()
        taper(page, "motif", "La lettre a été égarée")
        tabuler_jusqu_a(page, "main form button[type=submit]")
        valider(page)
        annonce(page, "Le code est arrêté")
        expect(page.locator("main table")).to_contain_text("La lettre a été égarée")
