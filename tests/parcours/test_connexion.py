"""Signing in without the phone: two people of the OPCO, a letter between them, and a new second factor."""

from playwright.sync_api import Browser, expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.outils import Personnage, Produit, personnage

CHLOE = "chloe@alpes-compta.example"


def _donner_le_mot_de_passe(qui: Personnage) -> None:
    page = qui.aller("/compte/login/")
    page.get_by_label("Adresse électronique").fill(qui.adresse)
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()


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


def test_une_personne_sans_telephone_ni_codes_demande_puis_annule(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, CHLOE) as chloe:
        _donner_le_mot_de_passe(chloe)
        page = chloe.page
        page.get_by_role("link", name="Je n’ai plus mon second facteur").click()
        chloe.controler()
        page.get_by_role("button", name="Demander le remplacement").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande est enregistrée")
        chloe.controler()
    assert "/compte/second-facteur-perdu/" in produit.attendre_courriel(CHLOE, "second facteur")
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        hugo.se_connecter()
        page = hugo.aller("/opco/seconds-facteurs/")
        carte = page.locator("article").filter(has_text=CHLOE)
        hugo.controler()
        carte.get_by_label("Comment avez-vous vérifié l’identité").fill("Rappelée au standard du siège")
        carte.get_by_role("button", name="Confirmer l’identité").click()
        if hugo.confirmer_si_demande():
            carte.get_by_label("Comment avez-vous vérifié l’identité").fill("Rappelée au standard du siège")
            carte.get_by_role("button", name="Confirmer l’identité").click()
        expect(carte).to_contain_text("La lettre au siège est à poster")
        hugo.controler()
    with personnage(produit, navigateur, CHLOE) as chloe:
        chloe.se_connecter()
        page = chloe.aller("/compte/second-facteur-perdu/")
        chloe.controler()
        page.get_by_role("button", name="Annuler la demande").click()
        expect(page.locator("body")).to_contain_text("La demande est annulée")
