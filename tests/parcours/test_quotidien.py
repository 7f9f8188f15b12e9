"""Everyday work with the keyboard alone, each number on the screen checked against the database: an HR assistant's Monday, a provider's
month end, an accountant's round of clients."""

import io
import json
import re
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from tests.parcours.clavier import actionner, confirmer_si_demande, se_connecter, tabuler_jusqu_a, taper
from tests.parcours.outils import RACINE, Personnage, Produit, personnage
from tests.parcours.peuplement import CABINET, PAULE
from tests.parcours.saisie import BELLERIVE

pytestmark = pytest.mark.nuit

ALINE, DRISS, INSTITUT = "aline@bellerive.example", "driss@institut-table.example", "812600021"


def chiffres(produit: Produit, siren: str) -> dict[str, dict[str, Any]]:
    """What the database holds of an organisation, counted apart."""
    commande = [sys.executable, "-m", "tests.parcours.chiffres", siren, produit.aujourdhui().isoformat()]
    sortie = subprocess.run(
        commande, env=produit.environnement, cwd=RACINE, timeout=120, check=True, capture_output=True, text=True
    )
    lus: dict[str, dict[str, Any]] = json.loads(sortie.stdout)
    return lus


def carte(page: Page, titre: str) -> str:
    """The figure of a quick access."""
    return page.locator("a.qa", has=page.locator(".qa__t", has_text=re.compile(f"^{titre}$"))).locator(".qa__n").inner_text()


def lignes(page: Page) -> int:
    """Rows of the list on the screen."""
    return page.locator("#resultats tbody tr").count()


def aussi_sur_un_telephone(qui: Personnage) -> None:
    """axe in both widths, and nothing that overflows."""
    qui.controler()


def exporter(qui: Personnage) -> CalamineWorkbook:
    """Open « Exporter » on the list, say why, then take the file once it is ready."""
    page = qui.page
    tabuler_jusqu_a(page, "details.exporter > summary")
    page.keyboard.press("Enter")
    page.get_by_label("À quoi servira ce fichier").fill("Bilan du mois")
    actionner(page, 'button[name="format"][value="xlsx"]')
    confirmer_si_demande(qui)
    prendre = page.locator("#exports tbody tr").first.get_by_role("button", name=re.compile("Télécharger"))
    expect(prendre).to_be_visible()
    with page.expect_download() as attendu:
        prendre.focus()
        page.keyboard.press("Enter")
    return CalamineWorkbook.from_filelike(io.BytesIO(attendu.value.path().read_bytes()))


def test_le_lundi_d_une_assistante_rh(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        page = se_connecter(aline)
        page.goto(f"{produit.url}/e/{BELLERIVE}/")
        reel = chiffres(produit, BELLERIVE)
        dossiers = reel["dossiers"]
        assert carte(page, "Pièces demandées") == str(dossiers.get("a_completer", 0))
        assert carte(page, "Brouillons") == str(dossiers.get("brouillon", 0))
        assert carte(page, "Formations en cours") == str(reel["commences"]["accordes"])
        assert carte(page, "Contrats d’apprentissage déposés cette année") == str(reel["apprentissage"]["cette annee"])
        assert carte(page, "Factures rejetées") == str(reel["factures"].get("rejetee", 0))
        aussi_sur_un_telephone(aline)
        actionner(page, 'a.qa[href*="etat=a_completer"]')
        assert lignes(page) == dossiers.get("a_completer", 0)
        page.goto(f"{produit.url}/e/{BELLERIVE}/")
        actionner(page, "ul.todo a.btn")
        expect(page.locator("main h1")).to_be_visible()
        aussi_sur_un_telephone(aline)
        page.goto(f"{produit.url}/e/{BELLERIVE}/")
        _chercher_un_dossier(page)
        page.goto(f"{produit.url}/e/{BELLERIVE}/dossiers/")
        transmis = sum(nombre for etat, nombre in dossiers.items() if etat != "brouillon")
        expect(page.locator(".views a[aria-current]").locator(".n")).to_have_text(str(transmis))
        assert lignes(page) == transmis
        classeur = exporter(aline)
        aussi_sur_un_telephone(aline)
        assert len(classeur.get_sheet_by_index(1).to_python()) == transmis + 1


def _chercher_un_dossier(page: Page) -> None:
    """Ctrl K, some letters, the arrows, Enter."""
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.type("patisserie rest")
    expect(page.locator("#palette .pop__list a").first).to_contain_text("Pâtisserie de restaurant")
    page.keyboard.press("ArrowDown")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("Pâtisserie de restaurant")


def test_la_fin_de_mois_d_un_prestataire(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, DRISS) as driss:
        page = se_connecter(driss)
        reel = chiffres(produit, INSTITUT)
        page.goto(f"{produit.url}/e/{INSTITUT}/factures/")
        assert lignes(page) == sum(reel["factures"].values())
        aussi_sur_un_telephone(driss)
        taper(page, "q", "service en salle")
        page.keyboard.press("Enter")
        expect(page.locator(".chip").first).to_contain_text("service en salle")
        expect(page.locator("#resultats tbody tr")).to_have_count(1)
        page.goto(f"{produit.url}/e/{INSTITUT}/factures/")
        classeur = exporter(driss)
        tableau = classeur.get_sheet_by_index(1).to_python()
        a_payer = tableau[0].index("À payer")
        assert all(isinstance(ligne[a_payer], float) for ligne in tableau[1:])
        page.goto(f"{produit.url}/e/{INSTITUT}/factures/")
        actionner(page, 'a[href*="/factures/nouvelle/"]')
        expect(page.locator("main h1")).to_be_visible()
        aussi_sur_un_telephone(driss)
        page.goto(f"{produit.url}/e/{INSTITUT}/reglements/")
        verses = [c.inner_text() for c in page.locator('#resultats td[data-l="Montant"]').all()]
        assert total(verses) == reel["payes"]["total"]
        aussi_sur_un_telephone(driss)


def total(montants: list[str]) -> str:
    """The sum of « 336,00 € », as the database writes it."""
    centimes = sum(int(re.sub(r"\D", "", montant)) for montant in montants)
    return f"{centimes // 100}.{centimes % 100:02d}"


def test_la_tournee_d_un_cabinet(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("cabinet")
    with personnage(produit, navigateur, PAULE) as paule:
        page = se_connecter(paule)
        page.goto(f"{produit.url}/e/{CABINET}/clients/")
        aussi_sur_un_telephone(paule)
        for rang in range(2):
            page.goto(f"{produit.url}/e/{CABINET}/clients/")
            ligne = page.locator("tbody tr").nth(rang)
            client = re.search(r"/e/(\d{9})/", ligne.locator("th a").get_attribute("href") or "")
            assert client is not None
            siren = client.group(1)
            assert ligne.locator('td[data-l="Brouillons"]').inner_text() == str(
                chiffres(produit, siren)["dossiers"].get("brouillon", 0)
            )
            tabuler_jusqu_a(page, f'tbody th a[href="/e/{siren}/"]')
            with page.expect_event("load"):
                page.keyboard.press("Enter")
            expect(page.locator(".scope__txt b").first).to_contain_text("AUBERGE DU COL")
            assert carte(page, "Brouillons") == str(chiffres(produit, siren)["dossiers"].get("brouillon", 0))
            aussi_sur_un_telephone(paule)
            actionner(page, "ul.todo a.btn")
            expect(page.locator("main h1")).to_be_visible()
        page.goto(f"{produit.url}/e/{CABINET}/taches/")
        expect(page.locator("main h1")).to_be_visible()
        aussi_sur_un_telephone(paule)
