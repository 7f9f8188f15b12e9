"""What is typed is never lost: typing faster than the network, going back, two tabs, a session that ended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import attendre_l_enregistrement, case, commencer, remplir

ALINE = "aline@bellerive.example"
INSTITUT_SIRET = "81260002100016"


@pytest.fixture
def aline(produit: Produit, navigateur: Browser) -> Iterator[Personnage]:
    with personnage(produit, navigateur, ALINE) as qui:
        qui.se_connecter()
        yield qui


class Reseau:
    """A network that keeps the saves of a page until it is told to let them go, and counts what came back."""

    def __init__(self, page: Page) -> None:
        self.retenus: list[Route] = []
        self.statuts: list[int] = []
        self.ouvert = False
        page.route("**/enregistrer/", self._recevoir)
        page.on("response", lambda r: self.statuts.append(r.status) if r.url.endswith("/enregistrer/") else None)

    def _recevoir(self, route: Route) -> None:
        if self.ouvert:
            route.continue_()
        else:
            self.retenus.append(route)

    def ouvrir(self) -> None:
        """Let everything go, from now on."""
        self.ouvert = True
        for route in self.retenus:
            route.continue_()


def section(qui: Personnage, code: str) -> tuple[Page, Reseau]:
    """One section of a new draft, behind a network that waits."""
    page = qui.aller(f"{commencer(qui)}saisie/{code}/")
    return page, Reseau(page)


def prenoms(page: Page) -> list[str]:
    """First names of the rows on screen."""
    return [str(boite.input_value()) for boite in page.locator('#section input[name$="-prenom"]').all()]


def test_taper_plus_vite_que_le_reseau_ne_se_contredit_pas(aline: Personnage) -> None:
    page, reseau = section(aline, "action")
    remplir(page, "intitule", "Tenir")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistrement…")
    case(page, "intitule").fill("Tenir une cave")
    remplir(page, "objectifs", "Choisir, garder, servir")
    remplir(page, "type_action", "formation")
    remplir(page, "date_debut", "32/13/2026")
    assert len(reseau.retenus) == 1, "un enregistrement attend la réponse du précédent"
    reseau.ouvrir()
    attendre_l_enregistrement(page)
    assert set(reseau.statuts) == {200}
    expect(page.locator("#id_date_debut_error")).to_be_visible()
    expect(case(page, "theme").first, "les cases qu’une réponse appelle arrivent").to_be_visible()
    for _ in ("à l’écran", "après rechargement"):
        expect(case(page, "intitule")).to_have_value("Tenir une cave")
        expect(case(page, "objectifs")).to_have_value("Choisir, garder, servir")
        expect(case(page, "date_debut")).to_have_value("32/13/2026")
        page.reload()


def test_le_registre_complete_sans_effacer_ce_qui_vient_d_etre_tape(aline: Personnage) -> None:
    page, reseau = section(aline, "organisme")
    reseau.ouvrir()
    remplir(page, "interne", "non")
    expect(case(page, "siret")).to_be_visible()
    attendre_l_enregistrement(page)
    reseau.ouvert, reseau.retenus = False, []
    remplir(page, "siret", INSTITUT_SIRET)
    case(page, "nda").press_sequentially("846912")
    reseau.ouvrir()
    expect(case(page, "denomination")).to_have_value("INSTITUT DES METIERS DE LA TABLE")
    expect(case(page, "nda")).to_have_value("846912")
    expect(case(page, "nda")).to_be_focused()
    page.keyboard.type("34569")
    page.keyboard.press("Tab")
    attendre_l_enregistrement(page)
    assert set(reseau.statuts) == {200}
    page.reload()
    expect(case(page, "nda")).to_have_value("84691234569")
    expect(case(page, "denomination")).to_have_value("INSTITUT DES METIERS DE LA TABLE")


def test_un_choix_repris_aussitot_est_celui_qui_reste(aline: Personnage) -> None:
    page, reseau = section(aline, "couts")
    remplir(page, "frais_demandes", "oui")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistrement…")
    remplir(page, "frais_demandes", "non")
    reseau.ouvrir()
    attendre_l_enregistrement(page)
    expect(page.locator('input[name="frais_demandes"][value="non"]')).to_be_checked()
    expect(case(page, "repas"), "les cases de l’autre réponse sont parties").to_have_count(0)
    page.reload()
    expect(page.locator('input[name="frais_demandes"][value="non"]')).to_be_checked()


def test_une_ligne_ajoutee_ou_retiree_pendant_l_envoi_l_est_pour_de_bon(aline: Personnage) -> None:
    page, reseau = section(aline, "stagiaires")
    remplir(page, "stagiaires-0-prenom", "Zoé")
    page.get_by_role("button", name="Ajouter un salarié").click()
    remplir(page, "stagiaires-1-prenom", "Yanis")
    page.get_by_role("button", name="Ajouter un salarié").click()
    remplir(page, "stagiaires-2-prenom", "Tom")
    page.get_by_role("button", name="Retirer salarié 2").click()
    assert len(reseau.retenus) == 1
    reseau.ouvrir()
    attendre_l_enregistrement(page)
    remplir(page, "stagiaires-2-nom_naissance", "Girard")
    attendre_l_enregistrement(page)
    assert set(reseau.statuts) == {200}
    assert prenoms(page) == ["Zoé", "Tom"]
    page.reload()
    assert prenoms(page) == ["Zoé", "Tom"]
    expect(case(page, "stagiaires-1-nom_naissance")).to_have_value("Girard")


def test_revenir_en_arriere_retrouve_ce_qui_etait_tape_et_le_laisse_changer(aline: Personnage) -> None:
    page, reseau = section(aline, "action")
    reseau.ouvrir()
    remplir(page, "intitule", "Tenir une cave")
    attendre_l_enregistrement(page)
    page.locator("#etapes").get_by_role("link", name="Les coûts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les coûts")
    page.go_back()
    expect(case(page, "intitule")).to_have_value("Tenir une cave")
    remplir(page, "intitule", "Tenir une cave de garde")
    attendre_l_enregistrement(page)
    assert set(reseau.statuts) == {200}
    page.reload()
    expect(case(page, "intitule")).to_have_value("Tenir une cave de garde")


def test_deux_onglets_montrent_les_deux_reponses(aline: Personnage) -> None:
    premier = aline.aller(f"{commencer(aline)}saisie/action/")
    second = aline.contexte.new_page()
    second.goto(premier.url)
    remplir(premier, "intitule", "Vins du Rhône")
    attendre_l_enregistrement(premier)
    remplir(second, "intitule", "Vins de Loire")
    expect(second.locator("#conflit")).to_contain_text("a changé cette section pendant que vous l’écriviez")
    expect(case(second, "intitule")).to_have_value("Vins de Loire")
    aline.page = second
    aline.controler()
    second.get_by_role("button", name="Comparer les deux versions").click()
    expect(second.get_by_label("La vôtre : Vins de Loire")).to_be_checked()
    aline.controler()
    second.get_by_label("Enregistrée par Aline Ferrand : Vins du Rhône").check()
    second.get_by_role("button", name="Garder mes réponses").click()
    second.goto(premier.url)
    expect(case(second, "intitule")).to_have_value("Vins du Rhône")
    premier.close()


def test_une_session_finie_se_rouvre_avec_le_second_facteur_et_la_reponse_part(aline: Personnage) -> None:
    page = aline.aller(f"{commencer(aline)}saisie/action/")
    aline.contexte.clear_cookies()
    remplir(page, "intitule", "Tenir une cave")
    dialogue = page.locator("#seance-expiree")
    dialogue.get_by_label("Adresse électronique").fill(ALINE)
    dialogue.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    aline.controler()
    dialogue.get_by_role("button", name="Se connecter").click()
    dialogue.locator("input[name=code]").fill(aline.produit.code(ALINE))
    aline.controler()
    dialogue.locator("form:has(input[name=code]) button[type=submit]").first.click()
    expect(dialogue).to_be_hidden()
    attendre_l_enregistrement(page)
    page.reload()
    expect(case(page, "intitule")).to_have_value("Tenir une cave")
    aline.produit.seances[ALINE] = aline.contexte.storage_state()
