"""« Mon code ne marche pas », keyboard only: from the refusal to the cause, then to the administrators or to a new letter."""

import re
from collections import deque

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon.web.public.pannes_de_code import CAUSES, DEPART, QUESTIONS
from tests.parcours.clavier import actionner, prendre, taper
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import BELLERIVE

INCONNU, INVENTE = "732829320", "GC6DP4LM7B9664"
CHEMIN = ("profil", "siren", "date", "derniere", "usage", "collegue")
"""The answers of somebody whose colleague used the code first."""


def se_faire_refuser(qui: Personnage) -> Page:
    """A code that nobody was sent."""
    page = qui.aller("/activation/")
    prendre(page, "profil", "adherent")
    taper(page, "siren", INCONNU)
    taper(page, "code", INVENTE)
    actionner(page, "main button[type=submit]")
    expect(page.locator(".errsum")).to_be_visible()
    return page


def test_mon_code_ne_marche_pas_mene_au_clavier_jusqu_aux_administrateurs(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "bruno@bellerive.example") as bruno:
        bruno.se_connecter()
        page = se_faire_refuser(bruno)
        bruno.controler()
        actionner(page, 'main a[href="/code-refuse/"]')
        for etape in CHEMIN:
            bruno.controler()
            actionner(page, f'main a[href="/code-refuse/{etape}/"]')
        expect(page.get_by_role("heading", level=1)).to_have_text("Un collègue a déjà utilisé ce code")
        bruno.controler()
        actionner(page, 'main a[href="/acces/rejoindre/"]')
        bruno.controler()
        prendre(page, "profil", "adherent")
        taper(page, "numero", BELLERIVE)
        prendre(page, "jeu", "comptabilite")
        prendre(page, "etendue", "siren")
        taper(page, "raison", "Je reprends les factures")
        actionner(page, "main button[type=submit]")
        expect(page).to_have_url(re.compile("/acces/demandes/[0-9a-f-]{36}/$"))
        expect(page.locator("main")).to_contain_text("Aline Ferrand")
        assert "aline@bellerive.example" not in page.content()
        bruno.controler()
        attente = page.url
    with personnage(produit, navigateur, "aline@bellerive.example") as aline:
        aline.se_connecter()
        page = aline.aller(f"/e/{BELLERIVE}/habilitations/")
        aline.controler()
        page.get_by_role("link", name="Voir la demande, accorder moins").click()
        aline.confirmer_si_demande()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bruno")
        aline.controler()
    with personnage(produit, navigateur, "bruno@bellerive.example") as bruno:
        bruno.se_connecter()
        page = bruno.page
        page.goto(attente)
        actionner(page, 'main form[action$="/retirer/"] button')
        expect(page.locator("main")).to_contain_text("Demande retirée")
        bruno.controler()


def test_sans_administrateur_le_chemin_est_un_courrier_que_l_aef_commande(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "bruno@bellerive.example") as bruno:
        bruno.se_connecter()
        page = bruno.aller("/acces/rejoindre/")
        prendre(page, "profil", "prestataire")
        taper(page, "numero", INCONNU)
        prendre(page, "jeu", "lecture")
        taper(page, "raison", "Nouveau poste")
        actionner(page, "main button[type=submit]")
        expect(page.locator(".errsum")).to_contain_text("Aucun administrateur ne peut répondre")
        bruno.controler()
        actionner(page, 'main a[href^="/acces/courrier/"]')
        bruno.controler()
        taper(page, "siren", INCONNU)
        actionner(page, "main button[type=submit]")
        expect(page).to_have_url(re.compile("/acces/codes/$"))
        expect(page.locator("main table")).to_contain_text("Demandée")
        bruno.controler()
    with personnage(produit, navigateur, "hugo@opco.example") as hugo:
        hugo.se_connecter()
        page = hugo.aller("/opco/codes/")
        expect(page.locator("#demandees")).to_contain_text("Bruno")
        hugo.controler()
        page.locator("#id_motif").fill("Écrivez-nous avec un extrait Kbis")
        page.get_by_role("button", name="Écarter ces demandes").click()
        expect(page.locator("main")).to_contain_text("écartées")
    with personnage(produit, navigateur, "bruno@bellerive.example") as bruno:
        bruno.se_connecter()
        assert "n’a pas été retenue" in produit.attendre_courriel("bruno@bellerive.example", "courrier d’activation")
        expect(bruno.aller("/acces/codes/").locator("main table")).to_contain_text("extrait Kbis")


def chemins() -> dict[str, list[str]]:
    """The answers that lead to each cause, the shortest way."""
    trouves: dict[str, list[str]] = {}
    file: deque[tuple[str, list[str]]] = deque([(DEPART, [])])
    while file:
        etape, suivis = file.popleft()
        if etape in CAUSES:
            trouves.setdefault(etape, suivis)
        else:
            file.extend((suite, [*suivis, suite]) for _, suite in QUESTIONS[etape].reponses)
    return trouves


@pytest.mark.nuit
def test_chaque_cause_se_trouve_au_clavier_sans_compte_et_mene_ou_il_faut(produit: Produit, navigateur: Browser) -> None:
    mene = chemins()
    assert set(mene) == set(CAUSES)
    with personnage(produit, navigateur, "") as visiteur:
        for cause, etapes in mene.items():
            page = visiteur.aller("/code-refuse/")
            for etape in etapes:
                visiteur.controler_si_nouvelle()
                actionner(page, f'main a[href="/code-refuse/{etape}/"]')
            expect(page.get_by_role("heading", level=1)).to_have_text(CAUSES[cause].titre)
            visiteur.controler_si_nouvelle()
            actionner(page, "main .btn--1")
            assert visiteur.statut(page.url.removeprefix(produit.url)) == 200
