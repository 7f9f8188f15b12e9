"""A group of 40 establishments and 32 people, with the keyboard alone: search, one row, several people at once, every code."""

import re

import pytest
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


@pytest.mark.nuit
def test_un_groupe_d_etablissements_se_cree_se_remplit_et_se_resserre_au_clavier(produit: Produit, navigateur: Browser) -> None:
    """Create it, put SIRET in, give a right on it to two people at once, then narrow it for both in one gesture."""
    produit.peupler("groupe")
    with personnage(produit, navigateur, ODILE) as odile:
        page = se_connecter(odile)
        page.goto(f"{produit.url}{ICI}groupes/")
        odile.controler()
        actionner(page, 'main a[href$="/groupes/nouveau/"]')
        odile.controler()
        taper(page, "nom", "Hôtels du port")
        valider(page)
        annonce(page, "Le groupe «\u00a0Hôtels du port\u00a0» est créé")
        groupe = page.url.partition("/groupes/")[2][:36]
        taper(page, "q", "hotel 1")
        valider(page)
        odile.controler()
        trouves = _nombre(page)
        assert 2 < trouves < ETABLISSEMENTS
        prendre(page, "cible", "trouves")
        tabuler_jusqu_a(page, 'main form[method="post"] button[type=submit]')
        valider(page)
        confirmer_si_demande(odile)
        annonce(page, f"compte maintenant {trouves} établissements")
        odile.controler()
        _donner_la_lecture_sur_le_groupe(page, produit, groupe)
        page.goto(f"{produit.url}{ICI}groupes/{groupe}/")
        expect(page.locator("main")).to_contain_text("2 personnes. Changer les établissements du groupe")
        for rang in (0, 1):
            cocher(page, f"#id_sirets_{rang}")
        tabuler_jusqu_a(page, 'main form[method="post"] button[type=submit]')
        valider(page)
        confirmer_si_demande(odile)
        annonce(page, f"compte maintenant {trouves - 2} établissements")
        page.goto(f"{produit.url}{ICI}?q=martin+01")
        expect(page.locator("table.mx tbody")).to_contain_text("Hôtels du port")
        odile.controler()


def _nombre(page: Page) -> int:
    return int(page.locator("#h-lieux").inner_text().split()[0])


def _donner_la_lecture_sur_le_groupe(page: Page, produit: Produit, groupe: str) -> None:
    page.goto(f"{produit.url}{ICI}?q=martin+0")
    for rang in (1, 2):
        cocher(page, f'[aria-label="Choisir Camille Martin 0{rang}"]')
    revenir_a(page, '[name="acte"]')
    choisir(page, "acte", "lecture")
    prendre(page, "groupe", groupe)
    tabuler_jusqu_a(page, "#masse button[type=submit]")
    valider(page)
    annonce(page, "Droits modifiés pour 2 personnes")
