"""Only the keyboard: a whole request is filed with Tab, Enter, Space and the arrows, and the focus is never lost."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon.demo.dossiers import document_fictif
from tests.parcours.clavier import VEILLE_SUR_LE_FOCUS, actionner, choisir, tabuler_jusqu_a
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import BELLERIVE, Demande, Valeurs, attendre_l_enregistrement, numero_affiche

pytestmark = pytest.mark.nuit

ALINE = "aline@bellerive.example"


def repondre(page: Page, nom: str, valeur: str) -> None:
    """Reach a box and answer it: letters in a text, arrows in a list or a group of choices."""
    tabuler_jusqu_a(page, f'[name="{nom}"]')
    genre = page.evaluate("document.activeElement.tagName === 'SELECT' ? 'select' : document.activeElement.type")
    if genre in {"select", "radio"}:
        choisir(page, nom, valeur)
        attendre_l_enregistrement(page)
    else:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(valeur)


def remplir_la_section(page: Page, valeurs: Valeurs) -> None:
    """The boxes in the order of the page, then the button."""
    for nom, valeur in valeurs.items():
        repondre(page, nom, valeur)
        assert page.evaluate("document.activeElement.name") == nom
    actionner(page, "button[form=section]:not([name])")
    assert page.evaluate("window.__perdu") == []


def joindre(page: Page, code: str, jour: date) -> None:
    """Reach the box of a document, open the chooser, choose; the focus then stands at the head of the list."""
    tabuler_jusqu_a(page, f"#fichier-{code}")
    with page.expect_file_chooser() as choix:
        page.keyboard.press("Enter")
    contenu = document_fictif(code, "Action fictive", jour)
    choix.value.set_files({"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": contenu})
    expect(page.locator("#pieces")).to_contain_text(f"{code}.pdf")
    expect(page.locator("#pieces h2").first).to_be_focused()


def commencer(aline: Personnage) -> Page:
    """From the home page to the first section."""
    page = aline.aller(f"/e/{BELLERIVE}/")
    page.on("filechooser", lambda _: None)  # listened to from now on: Enter comes too soon for a listener set just before it
    actionner(page, 'a[href$="/dossiers/nouveau/"]')
    tabuler_jusqu_a(page, 'select[name="siret"]')
    choisir(page, "siret", "12345678200010")
    actionner(page, "main button[type=submit]")
    expect(page).to_have_url(re.compile("/saisie/entreprise/"))
    return page


def test_le_lien_d_evitement_mene_au_contenu(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(f"/e/{BELLERIVE}/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#contenu")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#contenu').contains(document.activeElement)")


def test_une_demande_entiere_se_depose_au_clavier(produit: Produit, navigateur: Browser) -> None:
    demande = Demande("Tenir une cave", produit.aujourdhui() + timedelta(days=90))
    with personnage(produit, navigateur, ALINE) as aline:
        aline.contexte.add_init_script(VEILLE_SUR_LE_FOCUS)
        aline.se_connecter()
        page = commencer(aline)
        for valeurs in demande.sections.values():
            remplir_la_section(page, valeurs)
        expect(page.get_by_role("heading", level=1)).to_have_text("Les pièces")
        for code in ("convention_signee", "programme"):
            joindre(page, code, produit.aujourdhui())
        assert page.evaluate("window.__perdu") == []
        actionner(page, '.formnav a[href$="/verifier/"]')
        expect(page.locator("main")).to_contain_text("Le dossier est complet")
        actionner(page, 'form[action$="/transmettre/"] button[type=submit]')
        expect(page.locator("main .meta")).to_contain_text("Transmis")
        assert numero_affiche(page)


def test_une_reponse_illisible_se_dit_sous_sa_case_sans_prendre_le_focus(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, ALINE) as aline:
        aline.contexte.add_init_script(VEILLE_SUR_LE_FOCUS)
        aline.se_connecter()
        page = commencer(aline)
        actionner(page, '#etapes a[href$="/saisie/action/"]')
        tabuler_jusqu_a(page, "#id_date_debut")
        page.keyboard.type("32/13/2026")
        page.keyboard.press("Tab")
        expect(page.locator("#id_date_debut_error")).to_be_visible()
        expect(page.locator("#id_date_debut")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#id_date_debut")).to_have_value("32/13/2026")
        expect(page.locator("#id_date_fin")).to_be_focused()
        assert page.evaluate("window.__perdu") == []
        aline.controler()
