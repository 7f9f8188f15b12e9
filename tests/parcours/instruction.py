"""What the adviser does with a request: take it in charge, ask for a document again, see what changed, grant."""

from playwright.sync_api import expect

from tests.parcours.lettres import texte_du_pdf
from tests.parcours.outils import Personnage


def identifiant(dossier: str) -> str:
    """The identifier in the address of a dossier."""
    return dossier.rstrip("/").rsplit("/", 1)[-1]


def page_de(dossier: str) -> str:
    """The adviser's page of a dossier."""
    return f"/opco/dossiers/{identifiant(dossier)}/"


def prendre_en_charge(emma: Personnage, numero: str) -> None:
    """From the queue."""
    page = emma.aller("/opco/file/")
    emma.controler()
    page.locator("main tr", has_text=numero).get_by_role("link").first.click()
    emma.controler()
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.locator("main .meta")).to_contain_text("En instruction")


def demander_le_programme(emma: Personnage, dossier: str) -> None:
    """One document to attach again, in words that the company reads."""
    page = emma.aller(page_de(dossier))
    page.get_by_role("link", name="Demander un complément").click()
    page.get_by_label("Programme").check()
    page.get_by_label("Ce qui manque, en clair").fill("La durée de chaque séquence manque au programme.")
    emma.controler()
    page.get_by_role("button", name="Demander le complément").click()
    expect(page.locator("main")).to_contain_text("Un complément est attendu")
    emma.controler()


def voir_ce_qui_a_change(emma: Personnage, dossier: str, *attendus: str) -> None:
    """The difference, at the top of the page."""
    page = emma.aller(page_de(dossier))
    changements = page.locator(".note", has_text="Ce qui a changé depuis votre demande")
    for attendu in attendus:
        expect(changements).to_contain_text(attendu)
    emma.controler()


def accorder(emma: Personnage, dossier: str) -> None:
    """What the barème proposes, frozen with it; the agreement follows as soon as it is typeset."""
    page = emma.aller(page_de(dossier))
    page.get_by_role("link", name="Accorder").click()
    emma.controler()
    page.get_by_role("button", name="Accorder la prise en charge").click()
    expect(page.locator("main .meta")).to_contain_text("Accordé")
    emma.controler()


def lire_l_accord(qui: Personnage, dossier: str, siren: str) -> str:
    """The text of the agreement, downloaded from the page of the dossier."""
    page = qui.aller(f"/e/{siren}/dossiers/{identifiant(dossier)}/")
    qui.controler()
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Accord (PDF)").click()
    return texte_du_pdf(attendu.value.path().read_bytes())
