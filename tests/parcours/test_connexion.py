"""Signing in without the phone: two people of the OPCO, a letter between them, and a new second factor."""

from playwright.sync_api import Browser, Page, expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.clavier import actionner, annonce, confirmer_si_demande, se_connecter, taper, valider
from tests.parcours.outils import Personnage, Produit, personnage

CHLOE = "chloe@alpes-compta.example"


def test_un_visiteur_lit_comment_se_connecter_et_une_personne_ferme_une_session(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "") as visiteur:
        page = visiteur.aller("/compte/login/")
        page.get_by_role("link", name="Aide à la connexion").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aide à la connexion")
        visiteur.controler()
    with personnage(produit, navigateur, "louise@bellerive.example") as louise:
        louise.se_connecter()
        page = louise.aller("/compte/sessions/")
        expect(page.locator("main")).to_contain_text("Cet appareil")
        louise.controler()
        louise.aller("/compte/cle-d-acces/")
        louise.controler()


def _ouvrir_le_secours(chloe: Personnage) -> Page:
    """The password, then the page that asks the code, whose help leads to the replacement."""
    page = chloe.aller("/compte/login/")
    taper(page, "login", chloe.adresse)
    taper(page, "password", MOT_DE_PASSE)
    valider(page)
    actionner(page, 'a[href$="/second-facteur-perdu/"]')
    return page


def test_une_personne_sans_telephone_ni_codes_demande_puis_annule_au_clavier(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, CHLOE) as chloe:
        page = _ouvrir_le_secours(chloe)
        chloe.controler()
        actionner(page, "main form button[type=submit]")
        expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande est enregistrée")
        chloe.controler()
    assert "/compte/second-facteur-perdu/" in produit.attendre_courriel(CHLOE, "second facteur")
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        page = se_connecter(hugo)
        page.goto(f"{produit.url}/opco/seconds-facteurs/")
        carte = page.locator("article").filter(has_text=CHLOE)
        hugo.controler()
        taper(page, "preuve", "Rappelée au standard du siège")
        actionner(page, 'form[action$="/confirmer/"] button')
        confirmer_si_demande(hugo)
        if page.url.endswith("/compte/reprendre/"):
            hugo.controler()
            actionner(page, "main form button[type=submit]")
        annonce(page, "La lettre au siège attend")
        expect(carte).to_contain_text("La lettre au siège est à poster")
        hugo.controler()
    with personnage(produit, navigateur, CHLOE) as chloe:
        page = se_connecter(chloe)
        page.goto(f"{produit.url}/compte/second-facteur-perdu/")
        chloe.controler()
        actionner(page, "main form button[type=submit]")
        expect(page.locator("body")).to_contain_text("La demande est annulée")
