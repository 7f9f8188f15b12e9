"""A cabinet of 64 clients, with the keyboard alone: find one, sort them, switch, spread the mandates, leave a client."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.parcours.clavier import (
    actionner,
    annonce,
    cocher,
    confirmer_si_demande,
    prendre,
    se_connecter,
    tabuler_jusqu_a,
    taper,
    valider,
)
from tests.parcours.outils import Produit, personnage
from tests.parcours.peuplement import CABINET, CLIENTS, NORA, PAULE

CLIENTS_DU_CABINET = f"/e/{CABINET}/clients/"
REPARTITION = f"/e/{CABINET}/clients/repartition/"


def _noms(page: Page) -> list[str]:
    return page.locator("tbody th a").all_inner_texts()


def _chercher(page: Page, texte: str) -> None:
    taper(page, "q", texte)
    valider(page)


def test_un_cabinet_trouve_trie_et_change_de_client_au_clavier(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("cabinet")
    with personnage(produit, navigateur, PAULE) as paule:
        page = se_connecter(paule)
        page.goto(produit.url + CLIENTS_DU_CABINET)
        expect(page.locator("main h2").filter(has_text="clients")).to_have_text(
            re.compile(rf"^({CLIENTS}|{CLIENTS - 1}) clients$")
        )  # another journey leaves one
        assert _noms(page)[:3] == ["AUBERGE DU COL 42", "AUBERGE DU COL 07", "AUBERGE DU COL 20"]
        paule.controler()
        actionner(page, 'button[name="tri"][value="nom"]')
        assert _noms(page)[:2] == ["AUBERGE DU COL 01", "AUBERGE DU COL 02"]
        expect(page.locator('th[aria-sort="ascending"]')).to_have_text("Client")
        actionner(page, '[aria-label="Pages de clients"] a')
        assert _noms(page)[-1] == f"AUBERGE DU COL {CLIENTS}"
        _chercher(page, "col 33")
        assert _noms(page) == ["AUBERGE DU COL 33"]
        actionner(page, "tbody th a")
        expect(page.locator(".scope__txt b").first).to_have_text("AUBERGE DU COL 33")
        paule.controler()
        tabuler_jusqu_a(page, ".scope summary")
        page.keyboard.press("Enter")
        _chercher(page, "col 08")
        assert _noms(page) == ["AUBERGE DU COL 08"]
        _chercher(page, "introuvable")
        expect(page.locator("main")).to_contain_text("Aucun de vos clients ne correspond")
        paule.controler()


def test_un_cabinet_repartit_ses_clients_et_en_quitte_un_au_clavier(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("cabinet")
    with personnage(produit, navigateur, PAULE) as paule:
        page = se_connecter(paule)
        page.goto(produit.url + CLIENTS_DU_CABINET)
        actionner(page, f'a[href="{REPARTITION}"]')
        confirmer_si_demande(paule)
        nora = page.locator("#r-qui option").filter(has_text="Nora").get_attribute("value") or ""
        prendre(page, "collaborateur", nora)
        _chercher(page, "col 0")
        paule.controler()
        for rang in (1, 3):
            coche = page.locator("tbody tr").filter(has_text=f"COL 0{rang}").locator("input")
            cocher(page, f"#{coche.get_attribute('id')}")
        prendre(page, "cible", "coches")
        prendre(page, "acte", "confier")
        prendre(page, "niveau_plan", "1")
        tabuler_jusqu_a(page, "main .formnav button[type=submit]")
        valider(page)
        annonce(page, "Clients confiés ou modifiés")
        paule.controler()
    with personnage(produit, navigateur, NORA) as nora_:
        page = se_connecter(nora_)
        page.goto(produit.url + CLIENTS_DU_CABINET)
        assert _noms(page) == ["AUBERGE DU COL 01", "AUBERGE DU COL 03"]
        actionner(page, "tbody th a")
        expect(page).to_have_url(re.compile(r"/e/\d{9}/$"))
        nora_.controler_si_nouvelle()
    with personnage(produit, navigateur, PAULE) as paule:
        page = se_connecter(paule)
        page.goto(f"{produit.url}{REPARTITION}?q=col+03")
        confirmer_si_demande(paule)
        actionner(page, "tbody th a")
        paule.controler()
        actionner(page, 'main a[href$="/terminer/"]')
        paule.controler()
        taper(page, "motif", "Le client change de cabinet")
        tabuler_jusqu_a(page, "main form button[type=submit]")
        valider(page)
        annonce(page, "Le mandat a pris fin")
        page.goto(f"{produit.url}{CLIENTS_DU_CABINET}?q=col+03")
        expect(page.locator("main")).to_contain_text("Aucun de vos clients ne correspond")
    with personnage(produit, navigateur, NORA) as nora_:
        page = se_connecter(nora_)
        page.goto(produit.url + CLIENTS_DU_CABINET)
        assert _noms(page) == ["AUBERGE DU COL 01"]
