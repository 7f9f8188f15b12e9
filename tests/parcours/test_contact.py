"""Writing to the OPCO without an account, and its answer."""

from playwright.sync_api import Browser, expect

from tests.parcours.outils import Produit, personnage


def test_un_message_sans_compte_recoit_une_reponse(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "") as visiteur:
        page = visiteur.aller("/contact/?sujet=code")
        page.get_by_role("button", name="Envoyer").click()
        expect(page.locator(".errsum")).to_contain_text("Indiquez votre nom")
        visiteur.controler()
        page.get_by_label("Nom et prénom").fill("Nina Perrot")
        page.get_by_label("Adresse électronique").fill("nina@net-et-clair.example")
        page.get_by_label("SIREN").fill("812500015")
        page.get_by_label("Votre message").fill("Ma lettre est illisible : pouvez-vous en envoyer une autre au siège ?")
        page.get_by_role("button", name="Envoyer").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("message")
        visiteur.controler()
    produit.attendre_courriel("nina@net-et-clair.example", "message")
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        hugo.se_connecter()
        page = hugo.aller("/opco/messages/")
        page.locator("main").get_by_role("link").filter(has_text="Nina Perrot").or_(
            page.locator("main tr", has_text="Nina Perrot").get_by_role("link")
        ).first.click()
        hugo.controler()
        page.get_by_label("Réponse").fill("Une nouvelle lettre part demain à votre siège.")
        page.get_by_role("button", name="Envoyer").or_(page.get_by_role("button", name="Répondre")).first.click()
        expect(page.locator("body")).to_contain_text("Votre réponse part à nina@net-et-clair.example")
    assert "Une nouvelle lettre part demain" in produit.attendre_courriel("nina@net-et-clair.example", "nouvelle lettre")
