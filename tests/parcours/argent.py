"""What is done with a granted request: accounts, invoices, batches of transfers."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from jalon.demo.dossiers import document_fictif
from jalon.socle.dates import formater_date
from tests.parcours.outils import Personnage


def ajouter_un_compte(qui: Personnage, siren: str, titulaire: str, iban: str) -> None:
    """New bank details, from the page of the accounts, once the second factor is given."""
    page = qui.aller(f"/e/{siren}/coordonnees-bancaires/")
    qui.controler()
    page.get_by_role("link", name="Ajouter un compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez votre identité")
    qui.controler()
    qui.donner_le_code()
    page.get_by_label("Titulaire du compte").fill(titulaire)
    page.get_by_label("IBAN").fill(iban)
    qui.controler()
    page.get_by_role("button", name="Enregistrer le compte").click()
    expect(page.locator("main")).to_contain_text("Elles pourront être payées dans 72 heures")
    qui.controler()


def facturer(qui: Personnage, siren: str, numero: str, debut: date) -> str:
    """Send the invoice and its certificate; the number of the invoice."""
    page = qui.aller(f"/e/{siren}/factures/")
    qui.controler()
    page.get_by_role("link", name=f"Facturer {numero}").click()
    facture = f"F-{numero[-6:]}"
    fin = formater_date(debut + timedelta(days=1))
    for nom, valeur in {
        "numero": facture, "date_emission": fin, "date_debut": formater_date(debut), "date_fin": fin,
        "heures_realisees": "14", "nombre_stagiaires": "1", "signataire_nom": "Samir Benali", "signataire_qualite": "Directeur",
        "lieu": "Grenoble", "signe_le": fin,
    }.items():  # fmt: skip
        page.locator(f"#id_{nom}").fill(valeur)
    for nom, titre in (("facture", f"Facture {facture}"), ("certificat", "Certificat de réalisation")):
        contenu = document_fictif(titre, "Action fictive", debut)
        page.locator(f"#id_{nom}").set_input_files({"name": f"{nom}.pdf", "mimeType": "application/pdf", "buffer": contenu})
    page.locator("#id_conservation").check()
    qui.controler()
    page.get_by_role("button", name="Envoyer la facture").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(facture)
    qui.controler()
    return facture


def accepter(farid: Personnage, facture: str) -> None:
    """Check the invoice and accept it."""
    page = farid.aller("/opco/factures/")
    farid.controler()
    page.get_by_role("link", name=facture, exact=True).click()
    farid.controler()
    page.get_by_role("button", name=re.compile("^Accepter la")).click()
    expect(page.locator("main")).to_contain_text(f"La facture {facture} est acceptée")


def verifier_le_compte(farid: Personnage, organisation: str) -> None:
    """Call back, then say so."""
    page = farid.aller("/opco/coordonnees-bancaires/")
    farid.controler()
    page.get_by_role("link", name=re.compile(f"^{organisation}", re.IGNORECASE)).click()
    farid.controler()
    page.get_by_label(re.compile("^Confirmer")).check()
    page.get_by_label("Comment vous l’avez vérifié").select_option("contre_appel")
    farid.appuyer("Enregistrer la décision")
    expect(page.locator("main")).to_contain_text("Le compte est confirmé")


def preparer(ines: Personnage) -> str:
    """Prepare the batch; its address."""
    page = ines.aller("/opco/virements/preparer/")
    page.get_by_role("button", name="Préparer le lot").click()
    expect(page).to_have_url(re.compile("/opco/virements/[0-9a-f-]{36}/$"))
    ines.controler()
    return urlsplit(page.url).path


def signer(jeanne: Personnage, lot: str) -> None:
    """Another person signs."""
    page = jeanne.aller("/opco/virements/a-signer/")
    jeanne.controler()
    page.locator(f'a[href="{lot}"]').click()
    jeanne.controler()
    jeanne.appuyer("Signer le lot")
    expect(page.locator("main")).to_contain_text("Signé")
    jeanne.controler()


def recevoir_le_fichier(ines: Personnage, lot: str) -> bytes:
    """The file for the bank, as the button of the page gives it."""
    ines.aller(lot)
    return ines.telecharger("Fichier bancaire")


def declarer_execute(ines: Personnage, lot: str, jour: date, reference: str) -> None:
    """Say what the bank said."""
    page = ines.aller(lot)
    ines.controler()
    page.get_by_label("Exécuté le").fill(formater_date(jour))
    page.get_by_label("Référence de la banque").fill(reference)
    page.get_by_role("button", name="Déclarer exécuté").click()
    expect(page.locator("main")).to_contain_text("Les bénéficiaires voient leur règlement")
    ines.controler()


def ligne_de(page: Page, texte: str) -> str:
    """What a table says of one thing."""
    return page.locator("main tr", has_text=texte).inner_text()
