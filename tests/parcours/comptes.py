"""Creating an account as a newcomer: the form, the code sent by e-mail, the authenticator set up with the key shown."""

import re

from playwright.sync_api import expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.outils import Personnage

CODE_DU_COURRIEL = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)


def creer_un_compte(qui: Personnage, prenom: str, nom: str) -> None:
    """From the sign-in form to the home page, signed in with a second factor."""
    page = qui.aller("/")
    page.get_by_role("link", name="Créer un compte").click()
    qui.controler_si_nouvelle()
    page.get_by_label("Prénom").fill(prenom)
    page.get_by_label("Nom", exact=True).fill(nom)
    page.get_by_label("Adresse électronique").fill(qui.adresse)
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_label("Confirmez le mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez votre adresse")
    qui.controler_si_nouvelle()
    _confirmer_l_adresse(qui)
    _installer_l_application(qui)


def _confirmer_l_adresse(qui: Personnage) -> None:
    """Nothing opens before the address is confirmed."""
    page = qui.page
    code = CODE_DU_COURRIEL.search(qui.produit.attendre_courriel(qui.adresse, "code qui confirme"))
    assert code is not None
    page.get_by_label("Code reçu par courriel").fill(code[0])
    page.get_by_role("button", name="Valider le code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion et sécurité")
    qui.controler_si_nouvelle()


def _installer_l_application(qui: Personnage) -> None:
    """No code of a letter can be typed before the second factor is there."""
    page = qui.aller("/activation/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion et sécurité")
    page.get_by_role("link", name="Installer l’application").first.click()
    if "/reauthenticate/" in page.url:
        qui.controler_si_nouvelle()
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Confirmer").click()
    qui.controler_si_nouvelle()
    qui.produit.secrets[qui.adresse] = page.locator(".secret-texte").inner_text()
    page.get_by_label("Code à 6 chiffres").fill(qui.produit.code(qui.adresse))
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    qui.controler_si_nouvelle()
