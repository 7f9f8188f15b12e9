"""A CFA declares the convention that an employer signed; the employer reads it, then refuses it. axe on every page."""

from datetime import date, timedelta

from playwright.sync_api import Browser, expect

from jalon.demo.chargement import INSTITUT
from jalon.demo.dossiers import document_fictif
from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE

ALINE, DRISS, EMMA = "aline@bellerive.example", "driss@institut-table.example", "emma@opco.example"
CONVENTIONS = f"/e/{INSTITUT}/habilitations/conventions/"


def _jour(le: date) -> str:
    return f"{le:%d/%m/%Y}"


def test_un_cfa_declare_une_convention_et_l_employeur_la_refuse(produit: Produit, navigateur: Browser) -> None:
    jour = produit.aujourdhui()
    with personnage(produit, navigateur, DRISS) as driss:
        driss.se_connecter()
        page = driss.aller(CONVENTIONS)
        expect(page.locator("main")).to_contain_text("Aucune convention déclarée")
        driss.controler()
        page.get_by_role("link", name="Déclarer une convention").click()
        driss.confirmer_si_demande()
        page.get_by_label("SIREN ou SIRET de l’employeur").fill(BELLERIVE)
        page.get_by_label("Référence de la convention").fill("CONV-2026-118")
        page.locator("#id_signee_le").fill(_jour(jour))
        page.locator("#id_fin").fill(_jour(jour + timedelta(days=200)))
        driss.controler()
        page.get_by_role("button", name="Déclarer la convention").click()
        expect(page.locator("#id_piece")).to_have_attribute("aria-invalid", "true")
        driss.controler()
        copie = document_fictif("Convention de formation", "Apprentissage", jour)
        page.locator("#id_piece").set_input_files({"name": "convention.pdf", "mimeType": "application/pdf", "buffer": copie})
        page.get_by_role("button", name="Déclarer la convention").click()
        expect(page.locator("main tbody")).to_contain_text("CONV-2026-118")
        driss.controler()
        page.goto(f"{produit.url}/e/{BELLERIVE}/mes-droits/")
        expect(page.locator("main")).to_contain_text("est l’organisme de formation")
        driss.controler()
    assert "refusez-la" in produit.attendre_courriel(ALINE, "déclare agir en votre nom")
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(f"/e/{BELLERIVE}/habilitations/mandats/")
        expect(page.locator("main tbody")).to_contain_text("convention CONV-2026-118")
        aline.controler()
        page.locator("main tbody tr").filter(has_text="CONV-2026-118").get_by_role("link").first.click()
        aline.controler()
        with page.expect_download() as attendu:
            page.get_by_role("link", name="Télécharger la convention").click()
        assert attendu.value.path().read_bytes().startswith(b"%PDF")
        page.get_by_role("button", name="Refuser cette convention").click()
        expect(page.locator("main")).to_contain_text("L’entreprise refuse cette convention")
        aline.controler()
    with personnage(produit, navigateur, EMMA) as emma:
        emma.se_connecter()
        page = emma.aller("/opco/acces/conventions/")
        expect(page.locator("main")).to_contain_text("Aucune convention")
        emma.controler()
