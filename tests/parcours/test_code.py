"""The letter and its code: ordered, printed, typed; and what is said to somebody whose code is refused."""

import re
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import Browser, expect

from tests.parcours.outils import Personnage, Produit, attendre, personnage

TABLES_DU_LAC, NET_ET_CLAIR = "812345676", "812500015"
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}-[2-9A-HJ-NP-Z]{2}\b")


def commander(hugo: Personnage, siren: str) -> str:
    """Order one letter; the address of the order once the worker has typeset it."""
    page = hugo.aller("/opco/codes/")
    page.locator("#id_sirens").fill(siren)
    page.get_by_role("button", name="Commander les lettres").click()
    expect(page).to_have_url(re.compile("/opco/codes/[0-9a-f-]{36}/$"))
    commande = urlsplit(page.url).path

    def prete() -> str | None:
        page.reload()
        return commande if page.get_by_role("button", name="Télécharger le PDF").count() else None

    return attendre(prete, "les lettres composées", delai=60)


def telecharger(hugo: Personnage) -> bytes:
    """The PDF of the letters; the second factor is asked when the last one is too old."""
    page = hugo.page
    with page.expect_download(timeout=30_000) as attendu:
        page.get_by_role("button", name="Télécharger le PDF").click()
        if "/reauthenticate/" in page.url:
            hugo.donner_le_code()
            page.get_by_role("button", name="Télécharger le PDF").click()
    return attendu.value.path().read_bytes()


def lire_le_code(lettres: bytes) -> str:
    """The code, as somebody reads it in the letter."""
    document = pypdfium2.PdfDocument(lettres)
    texte = str(document[0].get_textpage().get_text_range())
    document.close()
    assert "SIREN – adhérent" in texte
    codes = [c for c in CODE.findall(texte) if len(c.replace("-", "")) == 14]
    assert len(codes) == 1, texte
    return str(codes[0])


def taper(qui: Personnage, siren: str, code: str) -> None:
    """The form of the code."""
    page = qui.aller("/activation/")
    page.locator('input[name="profil"][value="adherent"]').check()
    page.locator("#id_siren").fill(siren)
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="Utiliser ce code").click()


def test_de_la_lettre_a_l_administration(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        hugo.se_connecter()
        commande = commander(hugo, TABLES_DU_LAC)
        hugo.controler()
        code = lire_le_code(telecharger(hugo))
        page = hugo.aller(commande)
        assert code not in page.content()
        assert code.replace("-", "") not in page.content()
        page.get_by_role("button", name=re.compile("imprimées")).click()
        expect(page.locator("body")).to_contain_text("Le fichier est effacé")
        assert page.get_by_role("button", name="Télécharger le PDF").count() == 0
    with personnage(produit, navigateur, "gael@ailleurs.example") as gael:
        gael.se_connecter()
        taper(gael, NET_ET_CLAIR, code)
        refus = gael.page.locator("main")
        expect(refus).to_contain_text("Vérifiez d’abord le profil")
        expect(gael.page.locator('main a[href^="/contact/"]').first).to_be_visible()
        assert gael.page.locator("#id_siren").input_value().replace(" ", "").replace("\u202f", "") == NET_ET_CLAIR
        gael.controler()
        taper(gael, TABLES_DU_LAC, code.lower().replace("-", " "))
        expect(gael.page.get_by_role("heading", level=1)).to_contain_text("Vous administrez LES TABLES DU LAC")
        expect(gael.page.locator("main")).to_contain_text("72 heures")
        gael.controler()
        page = gael.aller(f"/e/{TABLES_DU_LAC}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "bellerive" not in page.content().lower()
        assert gael.contexte.request.get(f"{produit.url}/e/123456782/").status == 404
