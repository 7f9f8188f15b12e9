"""From the request to the transfer: every hand that a euro goes through, each in a browser."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon.demo.dossiers import document_fictif
from jalon.socle.dates import formater_date
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import BELLERIVE, INSTITUT, Demande, deposer

pytestmark = pytest.mark.nuit

ATTENTE = timedelta(days=50)
INTITULE = "Service du vin au verre"


@pytest.fixture
def troupe(produit: Produit, navigateur: Browser) -> Iterator[dict[str, Personnage]]:
    """Everybody who takes part, signed in."""
    adresses = ("aline@bellerive.example", "driss@institut-table.example")
    adresses += tuple(f"{nom}@opco.example" for nom in ("emma", "farid", "ines", "jeanne"))
    with ExitStack() as pile:
        presents = {a.split("@")[0]: pile.enter_context(personnage(produit, navigateur, a)) for a in adresses}
        for qui in presents.values():
            qui.se_connecter()
        yield presents


def accorder(emma: Personnage, dossier: str) -> None:
    """Take in charge, then grant what the barème proposes."""
    identifiant = dossier.rstrip("/").rsplit("/", 1)[-1]
    page = emma.aller("/opco/file/")
    expect(page.locator("main")).to_contain_text(INTITULE)
    page = emma.aller(f"/opco/dossiers/{identifiant}/")
    page.get_by_role("button", name="Prendre en charge").click()
    page.get_by_role("link", name="Accorder").click()
    emma.controler()
    page.get_by_role("button", name="Accorder la prise en charge").click()
    expect(page.locator("main")).to_contain_text("Accordé")


def facturer(driss: Personnage, numero: str, debut: date) -> str:
    """Send the invoice and its certificate; the address of the invoice."""
    page = driss.aller(f"/e/{INSTITUT}/factures/")
    page.get_by_role("link", name=f"Facturer {numero}").click()
    facture = f"F-{numero[-6:]}"
    for nom, valeur in {
        "numero": facture, "date_emission": formater_date(debut + timedelta(days=2)), "date_debut": formater_date(debut),
        "date_fin": formater_date(debut + timedelta(days=1)), "heures_realisees": "14", "nombre_stagiaires": "1",
        "signataire_nom": "Driss Haddad", "signataire_qualite": "Directeur", "lieu": "Lyon",
        "signe_le": formater_date(debut + timedelta(days=2)),
    }.items():  # fmt: skip
        page.locator(f"#id_{nom}").fill(valeur)
    for nom, titre in (("facture", f"Facture {facture}"), ("certificat", "Certificat de réalisation")):
        contenu = document_fictif(titre, INTITULE, debut)
        page.locator(f"#id_{nom}").set_input_files({"name": f"{nom}.pdf", "mimeType": "application/pdf", "buffer": contenu})
    page.locator("#id_conservation").check()
    driss.controler()
    page.get_by_role("button", name="Envoyer la facture").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(facture)
    return facture


def accepter(farid: Personnage, facture: str) -> None:
    """Check the invoice and accept it."""
    page = farid.aller("/opco/factures/")
    page.get_by_role("link", name=facture, exact=True).click()
    page.locator("#id_service_fait").check()
    page.get_by_role("button", name=re.compile("^Accepter la")).click()
    expect(page.locator("main")).to_contain_text("Acceptée")


def preparer(ines: Personnage) -> str:
    """Prepare the batch; its address."""
    page = ines.aller("/opco/virements/preparer/")
    page.get_by_role("button", name="Préparer le lot").click()
    expect(page).to_have_url(re.compile("/opco/virements/[0-9a-f-]{36}/$"))
    assert page.get_by_role("button", name="Signer").count() == 0
    ines.controler()
    return urlsplit(page.url).path


def confirmer_si_demande(qui: Personnage, bouton: str) -> None:
    """Beyond five minutes the second factor is asked again; the button is then pressed once more."""
    if "/reauthenticate/" in qui.page.url:
        qui.controler()
        qui.donner_le_code()
        qui.page.get_by_role("button", name=bouton).click()


def signer(jeanne: Personnage, lot: str) -> None:
    """Another person signs."""
    page = jeanne.aller("/opco/virements/a-signer/")
    page.locator(f'a[href="{lot}"]').click()
    page.get_by_role("button", name="Signer le lot").click()
    confirmer_si_demande(jeanne, "Signer le lot")
    expect(page.locator("main")).to_contain_text("Signé")


def recevoir_le_fichier(ines: Personnage, lot: str) -> bytes:
    """The file for the bank, as the button of the page gives it."""
    page = ines.aller(lot)
    with page.expect_download(timeout=30_000) as attendu:
        page.get_by_role("button", name="Fichier bancaire").click()
        confirmer_si_demande(ines, "Fichier bancaire")
    return attendu.value.path().read_bytes()


def executer(ines: Personnage, lot: str, jour: date) -> str:
    """Say what the bank said; its reference."""
    page = ines.aller(lot)
    reference = f"VIR-{jour:%Y%m%d}"
    page.locator("#id_date_execution").fill(formater_date(jour))
    page.locator("#id_reference").fill(reference)
    page.get_by_role("button", name="Déclarer exécuté").click()
    expect(page.locator("main")).to_contain_text("Exécuté")
    return reference


def ligne_du_reglement(page: Page, facture: str) -> str:
    """What the list of payments says of one invoice."""
    return page.locator("main tr", has_text=facture).inner_text()


def test_de_la_demande_au_virement(produit: Produit, troupe: dict[str, Personnage]) -> None:
    aline, driss = troupe["aline"], troupe["driss"]
    debut = date.today() + ATTENTE - timedelta(days=5)
    dossier, numero = deposer(aline, Demande(INTITULE, debut))
    produit.attendre_courriel("aline@bellerive.example", numero)
    accorder(troupe["emma"], dossier)
    produit.attendre_courriel("driss@institut-table.example", numero)
    produit.jalon("horloge", f"+{ATTENTE.days * 24}h")
    facture = facturer(driss, numero, debut)
    accepter(troupe["farid"], facture)
    lot = preparer(troupe["ines"])
    signer(troupe["jeanne"], lot)
    premier, second = (recevoir_le_fichier(troupe["ines"], lot) for _ in range(2))
    assert premier == second
    assert b"pain.001.001.09" in premier
    jour = date.today() + ATTENTE
    executer(troupe["ines"], lot, jour)
    for qui, siren in ((aline, BELLERIVE), (driss, INSTITUT)):
        ligne = ligne_du_reglement(qui.aller(f"/e/{siren}/reglements/"), facture)
        reference = re.search(r"<EndToEndId>([^<]+)<", premier.decode())
        assert reference is not None
        assert formater_date(jour) in ligne, ligne
        assert reference[1] in ligne, ligne
