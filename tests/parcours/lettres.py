"""The letter and its code: ordered, downloaded, read in the PDF, typed."""

import re
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import expect

from tests.parcours.outils import Personnage, attendre

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){2}-[2-9A-HJ-NP-Z]{2}\b")
PROFILS = {"adherent": "Adhérents", "prestataire": "Prestataires"}
ENTETES = {"adherent": "SIREN – adhérent", "prestataire": "SIREN – prestataire"}


def commander(hugo: Personnage, siren: str, profil: str = "adherent") -> str:
    """Order one letter; the address of the order once the worker has typeset it."""
    page = hugo.aller("/opco/codes/")
    page.get_by_label(PROFILS[profil], exact=True).check()
    page.locator("#id_sirens").fill(siren)
    page.get_by_role("button", name="Commander les lettres").click()
    expect(page).to_have_url(re.compile("/opco/codes/[0-9a-f-]{36}/$"))
    commande = urlsplit(page.url).path

    def prete() -> str | None:
        page.reload()
        return commande if page.get_by_role("button", name="Télécharger le PDF").count() else None

    return attendre(prete, "les lettres composées", delai=60)


def texte_du_pdf(octets: bytes) -> str:
    """What somebody reads in a PDF."""
    document = pypdfium2.PdfDocument(octets)
    texte = "\n".join(str(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return texte


def lire_le_code(lettres: bytes, profil: str = "adherent") -> str:
    """The code, as somebody reads it in the letter."""
    texte = texte_du_pdf(lettres)
    assert ENTETES[profil] in texte
    codes = CODE.findall(texte)
    assert len(codes) == 1, texte
    return str(codes[0])


def commander_et_imprimer(hugo: Personnage, siren: str, profil: str = "adherent") -> str:
    """Order, download, read, declare printed: the code is in the PDF and nowhere else, then the PDF is gone."""
    commande = commander(hugo, siren, profil)
    hugo.controler_si_nouvelle()
    code = lire_le_code(hugo.telecharger("Télécharger le PDF"), profil)
    page = hugo.aller(commande)
    for ecrit in (code, code.replace("-", "")):
        assert ecrit not in page.content()
    page.get_by_role("button", name="Déclarer imprimées").click()
    expect(page.locator("body")).to_contain_text("Le fichier est effacé")
    expect(page.get_by_role("button", name="Télécharger le PDF")).to_have_count(0)
    hugo.controler_si_nouvelle()
    return code


def taper(qui: Personnage, siren: str, code: str, profil: str = "adherent") -> None:
    """The form of the code."""
    page = qui.aller("/activation/")
    page.locator(f'input[name="profil"][value="{profil}"]').check()
    page.locator("#id_siren").fill(siren)
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="Utiliser ce code").click()
