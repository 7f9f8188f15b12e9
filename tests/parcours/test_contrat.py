"""The longest form, by keyboard alone and in the order of its boxes: a contract of apprenticeship, from the first box to its payments."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon.dispositifs.alternance.calendrier import anniversaire, dernier_jour
from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.socle.dates import formater_date
from tests.parcours.clavier import VEILLE_SUR_LE_FOCUS, actionner, choisir, revenir_a, tabuler_jusqu_a
from tests.parcours.instruction import page_de
from tests.parcours.outils import Produit, personnage
from tests.parcours.saisie import BELLERIVE, LYON, Valeurs, attendre_l_enregistrement, numero_affiche
from tests.parcours.test_clavier import joindre, repondre

pytestmark = pytest.mark.nuit

ALINE, EMMA = "aline@bellerive.example", "emma@opco.example"
INSTITUT = "81260002100016"
TROP_PEU, ASSEZ = "500", "1900"


def valeurs(jour: date) -> dict[str, Valeurs]:
    """A contract of two years that begins today, of an apprentice of nineteen."""
    debut, fin = jour, dernier_jour(jour, 24)
    naissance = anniversaire(debut, -19) - timedelta(days=100)
    return {
        "entete": {"mode": "1"},
        "employeur": {
            "secteur": "prive", "denomination": "Bellerive Restauration", "siret": LYON, "voie": "12 rue des Halles",
            "code_postal": "69002", "commune": "Lyon", "telephone": "0478000000", "courriel": "rh@bellerive.example",
            "type_employeur": "12", "specifique": "0", "naf": "56.10A", "effectif": "38", "idcc": "1979", "caisse": "Malakoff Humanis",
        },
        "apprenti": {
            "nom": "Vasseur", "prenom": "Léa", "nir": f"2{naissance:%y%m}69123001", "voie": "3 quai Perrache", "code_postal": "69002",
            "commune": "Lyon", "telephone": "0612345678", "courriel": "lea@exemple.fr", "date_naissance": formater_date(naissance),
            "sexe": "F", "departement_naissance": "069", "commune_naissance": "Lyon", "nationalite": "1", "regime": "2",
            "sportif": "non", "rqth": "non", "rqth_equivalence": "non", "rqth_extension": "non", "situation": "1",
            "diplome_prepare": "41", "derniere_classe": "01", "intitule_prepare": "Bac pro cuisine", "diplome": "41", "projet": "non",
            "mineur": "non",
        },
        "representant": {},
        "maitre1": {
            "nom": "Roche", "prenom": "Paul", "date_naissance": "12/04/1985", "courriel": "paul.roche@bellerive.example",
            "emploi": "Chef de cuisine", "diplome": "BTS management en hôtellerie restauration", "niveau": "5", "attestation": "oui",
        },
        "maitre2": {"second": "non"},
        "contrat": {
            "type_contrat": "11", "date_conclusion": formater_date(debut), "date_debut": formater_date(debut),
            "date_pratique": formater_date(debut), "date_fin": formater_date(fin), "heures": "35", "travail_risque": "non",
            "salaire": TROP_PEU,
        },
        "cfa": {
            "interne": "non", "denomination": "Institut des Savoir-Faire", "uai": "0561910X", "siret": INSTITUT,
            "voie": "1 place de l’École", "code_postal": "69003", "commune": "Lyon", "lieu_identique": "oui",
        },
        "formation": {
            "diplome": "54", "intitule": "BTS management en hôtellerie restauration", "code_diplome": "32033422", "rncp": "RNCP37889",
            "date_debut": formater_date(debut), "date_fin": formater_date(fin - timedelta(days=20)), "duree": "1350",
            "duree_distance": "0",
        },
        "lieu": {},
        "signature": {"attestation_pieces": "oui", "fait_a": "Lyon"},
        "convention": {"prix": "17000", "repas": "100"},
        "accompagnement": {},
    }  # fmt: skip


def taper_la_section(page: Page, section: str, reponses: Valeurs) -> None:
    """The boxes in the order of the paper form, each reached by Tab."""
    for case in APPRENTISSAGE.section(section).cases:
        if case.nom in reponses:
            repondre(page, case.nom, reponses[case.nom])
            assert page.evaluate("document.activeElement.name") == case.nom


def enregistrer_et_continuer(page: Page) -> None:
    actionner(page, "button[form=section]:not([name])")
    assert page.evaluate("window.__perdu") == []


def commencer(page: Page) -> None:
    """From the home page to the first box."""
    actionner(page, 'a[href$="/dossiers/nouveau/"]')
    tabuler_jusqu_a(page, 'input[name="dispositif"]')
    choisir(page, "dispositif", APPRENTISSAGE.code)
    tabuler_jusqu_a(page, 'select[name="siret"]')
    choisir(page, "siret", LYON)
    actionner(page, "main button[type=submit]")
    expect(page).to_have_url(re.compile("/saisie/entete/"))


def se_tromper_de_nir(page: Page, reponses: Valeurs) -> None:
    """The number of a man for a woman: said as soon as the sex is known, under its box, and gone once mended."""
    taper_la_section(page, "apprenti", {**reponses, "nir": f"1{reponses['nir'][1:]}"})
    page.keyboard.press("Tab")
    erreur = page.locator("#constat-id_nir")
    expect(erreur).to_contain_text("Le sexe et le premier chiffre du NIR ne correspondent pas")
    revenir_a(page, "#id_nir")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(reponses["nir"])
    page.keyboard.press("Tab")
    attendre_l_enregistrement(page)
    expect(erreur).to_be_empty()


def se_tromper_de_fin(page: Page, reponses: Valeurs) -> None:
    """A contract that ends before it begins."""
    taper_la_section(page, "contrat", {**reponses, "date_fin": "01/01/2020"})
    page.keyboard.press("Tab")
    expect(page.locator("#constat-id_date_fin")).to_contain_text("doit suivre la date de début")
    revenir_a(page, "#id_date_fin")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(reponses["date_fin"])
    page.keyboard.press("Tab")
    attendre_l_enregistrement(page)
    expect(page.locator("#constat-id_date_fin")).to_be_empty()


def prendre_les_periodes_proposees(page: Page) -> None:
    """The rates of the law, written by the portal."""
    actionner(page, 'button[name="proposer"]')
    expect(page.locator("#proposition")).to_contain_text("inscrites ci-dessous")
    expect(page.locator('[name="remunerations-0-taux"]')).to_have_value(re.compile(r"\d"))


def mender_le_salaire(page: Page) -> None:
    """« Vérifier » names the box, leads to it, and finds nothing once it is mended."""
    erreur = page.locator("main a", has_text=re.compile("salaire", re.IGNORECASE)).first
    expect(erreur).to_be_visible()
    actionner(page, 'main a[href*="/saisie/contrat/"]')
    expect(page.locator("#id_salaire")).to_have_value(f"{TROP_PEU},00")
    if not page.evaluate("document.activeElement.matches('#id_salaire')"):
        tabuler_jusqu_a(page, "#id_salaire")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(ASSEZ)
    page.keyboard.press("Tab")
    attendre_l_enregistrement(page)
    actionner(page, '#etapes a[href$="/verifier/"]')


def test_un_contrat_d_apprentissage_entier_au_clavier_jusqu_a_son_echeancier(produit: Produit, navigateur: Browser) -> None:
    reponses = valeurs(produit.aujourdhui())
    with personnage(produit, navigateur, ALINE) as aline:
        aline.contexte.add_init_script(VEILLE_SUR_LE_FOCUS)
        aline.se_connecter()
        page = aline.aller(f"/e/{BELLERIVE}/")
        page.on("filechooser", lambda _: None)
        commencer(page)
        for section in (s.code for s in APPRENTISSAGE.sections):
            expect(page).to_have_url(re.compile(f"/saisie/{section}/"))
            aline.controler()
            if section == "apprenti":
                se_tromper_de_nir(page, reponses[section])
            elif section == "contrat":
                se_tromper_de_fin(page, reponses[section])
            elif section == "remunerations":
                prendre_les_periodes_proposees(page)
            else:
                taper_la_section(page, section, reponses[section])
            enregistrer_et_continuer(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Les pièces")
        for code in ("cerfa_signe", "convention_tripartite"):
            joindre(page, code, produit.aujourdhui())
        aline.controler()
        actionner(page, '.formnav a[href$="/verifier/"]')
        aline.controler()
        mender_le_salaire(page)
        expect(page.locator("main")).to_contain_text("Le dossier est complet")
        actionner(page, 'form[action$="/transmettre/"] button[type=submit]')
        expect(page.locator("main .meta")).to_contain_text("Transmis")
        numero = numero_affiche(page)
        assert re.fullmatch(r"\d{4}CA\d{6}", numero)
        dossier = page.url.removeprefix(produit.url)
    with personnage(produit, navigateur, EMMA) as emma:
        emma.se_connecter()
        page = emma.aller(page_de(dossier))
        emma.controler()
        actionner(page, 'form[action$="/prendre/"] button')
        actionner(page, 'a[href$="/accorder/"]')
        emma.controler()
        actionner(page, "main form button[type=submit]")
        expect(page.locator("main .meta")).to_contain_text("Accordé")
    with personnage(produit, navigateur, ALINE) as aline:
        aline.se_connecter()
        page = aline.aller(dossier)
        echeancier = page.locator("section", has=page.get_by_role("heading", name="Échéancier"))
        expect(echeancier.locator("tbody tr")).to_have_count(8)
        expect(echeancier).to_contain_text("E1")
        aline.controler()
