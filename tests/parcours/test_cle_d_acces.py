"""A real WebAuthn ceremony: a key of the browser is registered on our page, then signs in alone, or after the password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.comptes import creer_un_compte
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import BELLERIVE

NINA, HUGO, VERA, LOUISE = "nina@cle.example", "hugo@opco.example", "vera@cle.example", "louise@bellerive.example"
INVITER = f"/e/{BELLERIVE}/habilitations/inviter/"
DEMANDER_MOINS = """() => {
  const donnees = document.getElementById("js_data"), lues = JSON.parse(donnees.textContent);
  lues.request_options.publicKey.userVerification = "discouraged";
  donnees.textContent = JSON.stringify(lues);
}"""
"""What somebody at the keyboard of another could do to our page."""
REFUS = re.compile("n’a pas vérifié que c’est bien vous")
AUTHENTIFICATEUR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Cles:
    """The authenticator of a browser."""

    def __init__(self, cdp: CDPSession) -> None:
        self.cdp = cdp
        cdp.send("WebAuthn.enable")
        self.ident = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTIFICATEUR})["authenticatorId"]

    def gardees(self) -> list[dict[str, object]]:
        """Credentials that it holds."""
        cles: list[dict[str, object]] = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.ident})["credentials"]
        return cles

    def reconnaitre(self, oui: bool) -> None:
        """Whether the finger, the face or the code of the device is the right one from now on."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.ident, "isUserVerified": oui})


@contextmanager
def avec_une_cle(produit: Produit, navigateur: Browser, adresse: str) -> Iterator[tuple[Personnage, Cles]]:
    """Somebody whose browser has an authenticator."""
    with personnage(produit, navigateur, adresse) as qui:
        yield qui, Cles(qui.contexte.new_cdp_session(qui.page))


def _ouvrir_l_ajout(qui: Personnage) -> Page:
    page = qui.aller("/compte/2fa/webauthn/add/")
    if "/reauthenticate/" in page.url:
        if page.locator("input[name=code]").count():
            page.locator("input[name=code]").fill(qui.produit.code(qui.adresse))
        else:
            page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ajouter une clé d’accès")
    return page


def _ajouter(qui: Personnage, nom: str, *, seule: bool) -> None:
    page = _ouvrir_l_ajout(qui)
    page.get_by_label("Nom de la clé").fill(nom)
    if seule:
        page.get_by_label("Se connecter avec cette clé seule, sans mot de passe").check()
    qui.controler_si_nouvelle()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page).not_to_have_url(re.compile("/webauthn/add/"))


def _se_deconnecter(page: Page) -> None:
    page.locator("summary.avatar").click()
    page.get_by_role("button", name="Se déconnecter").first.click()
    expect(page).to_have_url(re.compile("/compte/login/"))


def test_une_cle_d_acces_se_cree_puis_connecte_seule(produit: Produit, navigateur: Browser) -> None:
    with avec_une_cle(produit, navigateur, NINA) as (nina, cles):
        creer_un_compte(nina, "Nina", "Roux")
        _ajouter(nina, "Mon ordinateur", seule=True)
        (cle,) = cles.gardees()
        assert (cle["rpId"], cle["isResidentCredential"]) == ("localhost", True)
        page = nina.aller("/compte/2fa/webauthn/")
        expect(page.locator("main")).to_contain_text("Connexion sans mot de passe")
        nina.controler()

        _se_deconnecter(page)
        page.get_by_role("button", name="Utiliser une clé d’accès").click()
        expect(page).to_have_url(re.compile("/accueil/"))


def test_une_cle_d_acces_sert_de_second_facteur_apres_le_mot_de_passe(produit: Produit, navigateur: Browser) -> None:
    with avec_une_cle(produit, navigateur, HUGO) as (hugo, cles):
        hugo.se_connecter()
        _ajouter(hugo, "Clé du bureau", seule=False)
        page = hugo.aller("/opco/")
        _se_deconnecter(page)
        page.get_by_label("Adresse électronique").fill(HUGO)
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter").click()
        hugo.controler_si_nouvelle()
        page.get_by_role("button", name=re.compile("clé d’accès")).click()
        expect(page).not_to_have_url(re.compile("/compte/"))
        assert [c["signCount"] for c in cles.gardees()] == [2]


def test_une_cle_d_acces_confirme_l_identite_avant_un_acte_sensible(produit: Produit, navigateur: Browser) -> None:
    """Five minutes later, an invitation asks who she is: a finger that is not hers is refused, hers leads back to the form."""
    with avec_une_cle(produit, navigateur, LOUISE) as (louise, cles):
        louise.se_connecter()
        _ajouter(louise, "Portable", seule=False)
        produit.peupler("seance_de_louise_vieillie")
        page = louise.aller(INVITER)
        expect(page).to_have_url(re.compile("/reauthenticate/"))
        page.get_by_role("link", name="Utiliser une clé d’accès").click()
        expect(page).to_have_url(re.compile("/webauthn/reauthenticate/"))
        bouton = page.get_by_role("button", name="Utiliser ma clé d’accès")

        cles.reconnaitre(oui=False)
        bouton.click()
        expect(page.get_by_role("alert").filter(has_text=REFUS)).to_be_visible()
        louise.controler()
        assert [c["signCount"] for c in cles.gardees()] == [1]

        cles.reconnaitre(oui=True)
        bouton.click()
        expect(page).to_have_url(re.compile(f"{INVITER}$"))
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Inviter"))
        assert [c["signCount"] for c in cles.gardees()] == [2]


def test_une_cle_qui_ne_verifie_pas_qui_la_tient_est_refusee_partout(produit: Produit, navigateur: Browser) -> None:
    """By the browser, then by the product when the page was changed to ask less of the key: neither lets anybody in."""
    with avec_une_cle(produit, navigateur, VERA) as (vera, cles):
        creer_un_compte(vera, "Véra", "Noël")
        cles.reconnaitre(oui=False)
        page = _ouvrir_l_ajout(vera)
        page.get_by_role("button", name="Ajouter la clé").click()
        expect(page.get_by_role("alert").filter(has_text=REFUS)).to_be_visible()
        assert cles.gardees() == []
        vera.controler()

        cles.reconnaitre(oui=True)
        _ajouter(vera, "Mon ordinateur", seule=True)
        _se_deconnecter(vera.aller("/accueil/"))
        cles.reconnaitre(oui=False)
        page.get_by_role("button", name="Utiliser une clé d’accès").click()
        expect(page.get_by_role("alert").filter(has_text=REFUS)).to_be_visible()
        vera.controler()

        page.get_by_label("Adresse électronique").fill(VERA)
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter").click()
        expect(page).to_have_url(re.compile("/2fa/authenticate/"))
        page.evaluate(DEMANDER_MOINS)
        page.get_by_role("button", name="Utiliser une clé d’accès").click()
        expect(page.locator(".errsum")).to_have_text(REFUS)
        vera.controler()
        assert [c["signCount"] for c in cles.gardees()] == [2], "la clé a bien répondu, sans vérifier"
        expect(page).to_have_url(re.compile("/2fa/authenticate/"))

        cles.reconnaitre(oui=True)
        page.get_by_role("button", name="Utiliser une clé d’accès").click()
        expect(page).to_have_url(re.compile("/accueil/"))
