"""A request typed by somebody who does not follow the order of the form, and what « Vérifier » finds missing."""

import re

from playwright.sync_api import expect

from tests.parcours.outils import Personnage
from tests.parcours.saisie import (
    Demande,
    attendre_l_enregistrement,
    case,
    commencer,
    joindre_une_piece,
    numero_affiche,
    remplir,
    remplir_la_section,
)

DESORDRE = ("stagiaires", "organisme", "couts", "action", "entreprise")


def saisir_et_transmettre(qui: Personnage, demande: Demande) -> tuple[str, str]:
    """Sections in another order than the form's, an omission found by « Vérifier », the documents, the sending."""
    dossier = commencer(qui, demande.siret[:9], demande.siret)
    for section in DESORDRE:
        page = qui.aller(f"{dossier}saisie/{section}/")
        valeurs = dict(demande.sections[section])
        valeurs.pop("cout_pedagogique", None)
        remplir_la_section(page, valeurs)
        attendre_l_enregistrement(page)
        qui.controler()
    expect(case(qui.page, "denomination")).to_have_value("LES TABLES DU LAC")
    _corriger_ce_que_verifier_signale(qui, dossier, demande.sections["couts"]["cout_pedagogique"])
    page = qui.aller(f"{dossier}pieces/")
    qui.controler()
    for code, titre in (("convention_signee", "Convention de formation"), ("programme", "Programme")):
        joindre_une_piece(page, code, titre, qui.produit.aujourdhui())
    qui.controler()
    page.locator(".formnav").get_by_role("link", name="Vérifier et transmettre").click()
    expect(page.locator("main")).to_contain_text("Le dossier est complet")
    qui.controler()
    page.get_by_role("button", name="Transmettre le dossier").click()
    expect(page).to_have_url(re.compile(re.escape(dossier) + "$"))
    numero = numero_affiche(page)
    qui.controler()
    qui.produit.attendre_courriel(qui.adresse, numero)
    return dossier, numero


def _corriger_ce_que_verifier_signale(qui: Personnage, dossier: str, cout: str) -> None:
    """Every reason is there, the button waits, and each link leads to the very box."""
    page = qui.aller(f"{dossier}verifier/")
    expect(page.get_by_role("button", name="Transmettre le dossier")).to_be_disabled()
    expect(page.locator(".errsum li")).to_have_count(3)
    qui.controler()
    page.locator(".errsum").get_by_role("link", name="Indiquez le coût pédagogique").click()
    expect(page).to_have_url(re.compile(r"/saisie/couts/\?erreurs=1#id_cout_pedagogique$"))
    expect(case(page, "cout_pedagogique")).to_have_attribute("aria-invalid", "true")
    qui.controler()
    remplir(page, "cout_pedagogique", cout)
    expect(page.locator("#estimation")).to_contain_text("versés à l’organisme de formation")
    attendre_l_enregistrement(page)
    expect(case(page, "cout_pedagogique")).not_to_have_attribute("aria-invalid", "true")


def completer(qui: Personnage, dossier: str, siren: str) -> None:
    """From the home page to the answer: the task, which leads to the document; the request, the document, the sending."""
    page = qui.aller(f"/e/{siren}/")
    qui.controler()
    page.locator("#todo").get_by_role("link", name="Fournir les pièces demandées", exact=True).click()
    qui.controler()
    qui.aller(dossier)
    expect(page.locator("main")).to_contain_text("La durée de chaque séquence manque au programme.")
    qui.controler()
    page.get_by_role("link", name="Compléter le dossier").click()
    qui.controler()
    page.locator(".errsum").get_by_role("link", name="Joignez le programme").click()
    joindre_une_piece(page, "programme", "Programme complété", qui.produit.aujourdhui())
    qui.controler()
    page.locator(".formnav").get_by_role("link", name="Vérifier et transmettre").click()
    page.get_by_role("button", name="Envoyer le complément").click()
    expect(page).to_have_url(re.compile(re.escape(dossier) + "$"))
    expect(page.locator("main .meta")).to_contain_text("En instruction")
    qui.controler()
