"""The only administrator of a company is gone: one person of the OPCO proposes, another confirms, a letter leaves, and its code
names somebody who waits 72 hours before touching the money. With the keyboard alone."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.parcours.clavier import (
    actionner,
    annonce,
    confirmer_si_demande,
    prendre,
    se_connecter,
    tabuler_jusqu_a,
    taper,
    valider,
)
from tests.parcours.lettres import lire_le_code
from tests.parcours.outils import Personnage, Produit, attendre, personnage
from tests.parcours.peuplement import DISPARU, PERDUE, ROSE

EMMA, HUGO = "emma@opco.example", "hugo@opco.example"


def _presser(page: Page, selecteur: str) -> None:
    tabuler_jusqu_a(page, selecteur)
    valider(page)


def _proposer(emma: Personnage) -> None:
    page = se_connecter(emma)
    page.goto(f"{emma.produit.url}/opco/organisations/{PERDUE}/")
    actionner(page, f'a[href="/opco/organisations/{PERDUE}/decision/"]')
    confirmer_si_demande(emma)
    _presser(page, "main .formnav button[type=submit]")
    expect(page.locator(".errsum")).to_be_focused()
    emma.controler()
    prendre(page, "nature", "recuperation")
    taper(page, "motif", "Le gérant, seul administrateur, a quitté la société sans passer la main.")
    taper(page, "preuve", "Extrait Kbis du 12/11/2026, appel au standard.")
    _presser(page, "main .formnav button[type=submit]")
    annonce(page, "Une autre personne doit la confirmer")
    expect(page.get_by_role("button", name="Confirmer la décision")).to_have_count(0)
    emma.controler()


def _confirmer(hugo: Personnage) -> None:
    page = se_connecter(hugo)
    page.goto(f"{hugo.produit.url}/opco/decisions/")
    hugo.controler()
    actionner(page, "main table a")
    _presser(page, "main form[action$='/confirmer/'] button")
    confirmer_si_demande(hugo)
    if page.get_by_role("button", name="Confirmer la décision").count():
        _presser(page, "main form[action$='/confirmer/'] button")
    annonce(page, "La décision est confirmée")
    expect(page.locator("main")).to_contain_text("Un courrier peut être commandé")
    hugo.controler()


def _commander(hugo: Personnage) -> str:
    page = hugo.aller("/opco/codes/")
    prendre(page, "profil", "adherent")
    taper(page, "sirens", PERDUE)
    _presser(page, "form:has([name=sirens]) button[type=submit]")
    confirmer_si_demande(hugo)
    if page.url.endswith("/compte/reprendre/"):
        _presser(page, "main button[type=submit]")
    expect(page).to_have_url(re.compile("/opco/codes/[0-9a-f-]{36}/$"))
    telecharger = "form[action$='/lettres/'] button"

    def prete() -> str | None:
        page.reload()
        return "oui" if page.locator(telecharger).count() else None

    attendre(prete, "les lettres composées", delai=60)
    tabuler_jusqu_a(page, telecharger)
    with page.expect_download() as attendu:
        page.keyboard.press("Enter")
    return lire_le_code(attendu.value.path().read_bytes())


def test_un_administrateur_disparu_est_remplace_par_deux_personnes_et_une_lettre(produit: Produit, navigateur: Browser) -> None:
    produit.peupler("perdue")
    with personnage(produit, navigateur, EMMA) as emma:
        _proposer(emma)
    with personnage(produit, navigateur, HUGO) as hugo:
        _confirmer(hugo)
        code = _commander(hugo)
    produit.attendre_courriel(DISPARU, "MAISON DES TILLEULS")
    with personnage(produit, navigateur, ROSE) as rose:
        page = se_connecter(rose)
        page.goto(f"{produit.url}/activation/")
        prendre(page, "profil", "adherent")
        taper(page, "siren", PERDUE)
        taper(page, "code", code)
        _presser(page, "main button[type=submit]")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Vous administrez")
        expect(page.locator("main")).to_contain_text("Pendant 72 heures")
        rose.controler()
        actionner(page, f'main a[href="/e/{PERDUE}/"]')
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour Rose")
        assert rose.statut(f"/e/{PERDUE}/coordonnees-bancaires/ajouter/") == 403
        page.goto(f"{produit.url}/e/{PERDUE}/habilitations/")
        expect(page.locator("table.mx")).to_contain_text("72 premières heures")
        rose.controler()
