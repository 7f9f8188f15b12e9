"""The whole path, in order: from the letter that brings a code to the transfer that pays the training.

Pages, the text of the PDF files and the mailbox only: the database is never read, and time passes by `jalon horloge`.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

import pytest
import sepaxml
from playwright.sync_api import Browser, expect
from xmlschema import XMLSchema

from jalon.socle.dates import formater_date
from tests.parcours import argent, instruction
from tests.parcours.comptes import creer_un_compte
from tests.parcours.depot import completer, saisir_et_transmettre
from tests.parcours.lettres import commander_et_imprimer, taper
from tests.parcours.outils import Personnage, Produit, personnage
from tests.parcours.saisie import Demande

TABLES, TABLES_SIRET = "812345676", "81234567600017"
ATELIER, ATELIER_SIRET = "812700037", "81270003700011"
IBAN_ATELIER = "FR76 1027 8001 2300 0200 4567 822"
SOIXANTE_DOUZE_HEURES = timedelta(hours=72)
REFERENCE = "RELEVE-2026-118"
INTITULE = "Accords mets et vins"
PERSONNES = {
    "nora": "nora@tables-du-lac.example",
    "paul": "paul@tables-du-lac.example",
    "samir": "samir@atelier-savoirs.example",
    **{nom: f"{nom}@opco.example" for nom in ("hugo", "emma", "farid", "ines", "jeanne")},
}


@dataclass(frozen=True)
class Troupe:
    """Everybody who takes part, each in a browser of their own."""

    nora: Personnage
    paul: Personnage
    samir: Personnage
    hugo: Personnage
    emma: Personnage
    farid: Personnage
    ines: Personnage
    jeanne: Personnage


@pytest.fixture
def troupe(produit: Produit, navigateur: Browser) -> Iterator[Troupe]:
    """People of the OPCO are signed in; the others have no account yet."""
    with ExitStack() as pile:
        presents = {nom: pile.enter_context(personnage(produit, navigateur, a)) for nom, a in PERSONNES.items()}
        for nom in ("hugo", "emma", "farid", "ines", "jeanne"):
            presents[nom].se_connecter()
        yield Troupe(**presents)


def test_de_la_lettre_d_activation_au_virement(produit: Produit, troupe: Troupe) -> None:
    ouvrir_les_deux_espaces(troupe)
    refuser_un_compte_pendant_la_probation(troupe.nora)
    produit.avancer(SOIXANTE_DOUZE_HEURES)
    donner_des_droits_a_paul(troupe)
    debut = produit.aujourdhui() + timedelta(days=40)
    dossier, numero = saisir_et_transmettre(troupe.paul, demande_de_paul(troupe.paul, debut))
    faire_completer(troupe, dossier, numero)
    accorder_et_lire_l_accord(troupe, dossier, numero)
    produit.avancer(timedelta(days=42))
    ajouter_le_compte_du_prestataire(troupe.samir)
    facture = argent.facturer(troupe.samir, ATELIER, numero, debut)
    argent.accepter(troupe.farid, facture)
    attendre_les_72_heures(troupe.ines, facture)
    produit.avancer(SOIXANTE_DOUZE_HEURES)
    verifier_le_compte(troupe, facture)
    payer(troupe, facture, produit.aujourdhui())
    voir_le_reglement(troupe, dossier, facture, produit.aujourdhui())


def ouvrir_les_deux_espaces(troupe: Troupe) -> None:
    """Two letters, two new accounts; whoever types the code of a company administers it."""
    for qui, prenom, nom, siren, profil in (
        (troupe.nora, "Nora", "Vidal", TABLES, "adherent"),
        (troupe.samir, "Samir", "Benali", ATELIER, "prestataire"),
    ):
        code = commander_et_imprimer(troupe.hugo, siren, profil)
        creer_un_compte(qui, prenom, nom)
        taper(qui, siren, code.lower().replace("-", " "), profil)
        expect(qui.page.get_by_role("heading", level=1)).to_contain_text("Vous administrez")
        expect(qui.page.locator("main")).to_contain_text("Pendant 72 heures")
        qui.controler()
        qui.page.get_by_role("link", name=re.compile("^Ouvrir l’espace")).click()
        expect(qui.page.get_by_role("heading", level=1)).to_contain_text(f"Bonjour {prenom}")
        qui.controler()


def refuser_un_compte_pendant_la_probation(nora: Personnage) -> None:
    """Money stays closed for 72 hours, and the page says until when and why."""
    nora.controler()
    expect(nora.page.get_by_role("link", name="Coordonnées bancaires")).to_have_count(0)
    adresse = f"/e/{TABLES}/coordonnees-bancaires/ajouter/"
    assert nora.statut(adresse) == 403
    page = nora.aller(adresse)
    expect(page.locator("main")).to_contain_text("72 heures après votre nomination")
    nora.controler()


def donner_des_droits_a_paul(troupe: Troupe) -> None:
    """An invitation, one level changed in the matrix; the colleague signs up and finds these rights, nothing else."""
    nora, paul = troupe.nora, troupe.paul
    page = nora.aller(f"/e/{TABLES}/habilitations/")
    nora.controler()
    page.get_by_role("link", name="Inviter une personne").click()
    nora.confirmer_si_demande()
    page.get_by_label("Prénom").fill("Paul")
    page.get_by_label(re.compile("^Nom")).fill("Giraud")
    page.get_by_label("Adresse électronique").fill(paul.adresse)
    page.get_by_label(re.compile("^Toute l’entreprise")).check()
    page.get_by_label("Gestionnaire RH").check()
    nora.controler()
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.locator("main")).to_contain_text(f"L’invitation est envoyée à {paul.adresse}")
    page.get_by_role("link", name=re.compile("^Modifier les droits de Paul Giraud")).click()
    nora.controler()
    choisir_lecture_des_reglements(nora)
    if nora.confirmer_si_demande():
        choisir_lecture_des_reglements(nora)
    expect(page.locator("main")).to_contain_text("Les droits sont modifiés")
    nora.controler()
    nora.produit.attendre_courriel(paul.adresse, "LES TABLES DU LAC")
    creer_un_compte(paul, "Paul", "Giraud")
    verifier_les_droits_de_paul(paul)


def choisir_lecture_des_reglements(nora: Personnage) -> None:
    """One level of the row that is open."""
    nora.page.get_by_label(re.compile("^Règlements, Paul Giraud")).select_option(label="Lecture")
    nora.page.get_by_role("button", name="Valider les droits de Paul Giraud").click()


def verifier_les_droits_de_paul(paul: Personnage) -> None:
    """What was granted is in the navigation; the rest is not, and its pages are refused."""
    page = paul.aller("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour Paul")
    paul.controler()
    navigation = page.locator("nav.rail__nav, .rail nav").first
    for lien, nombre in {
        "Dossiers": 1, "Brouillons": 1, "Règlements": 1, "Factures": 0, "Habilitations": 0, "Coordonnées bancaires": 0,
    }.items():  # fmt: skip
        expect(navigation.get_by_role("link", name=lien, exact=True)).to_have_count(nombre)
    for chemin in ("factures/", "habilitations/", "coordonnees-bancaires/", "habilitations/inviter/"):
        assert paul.statut(f"/e/{TABLES}/{chemin}") == 403, chemin
    assert paul.statut(f"/e/{ATELIER}/") == 404
    assert paul.statut("/opco/") == 404


def demande_de_paul(paul: Personnage, debut: date) -> Demande:
    """What Paul asks for Zoé, with the provider of the second letter."""
    return Demande(
        INTITULE, debut, siret=TABLES_SIRET, contact="Paul Giraud", courriel=paul.adresse, effectif="9",
        organisme=ATELIER_SIRET, nda="84380123456",
    )  # fmt: skip


def faire_completer(troupe: Troupe, dossier: str, numero: str) -> None:
    """Emma takes charge and asks for a document again; Paul completes; Emma sees what changed."""
    instruction.prendre_en_charge(troupe.emma, numero)
    instruction.demander_le_programme(troupe.emma, dossier)
    troupe.paul.produit.attendre_courriel(troupe.paul.adresse, f"(?s){numero}.*complé|complé.*{numero}")
    completer(troupe.paul, dossier, TABLES)
    instruction.voir_ce_qui_a_change(troupe.emma, dossier, "Programme", "Paul Giraud")


def accorder_et_lire_l_accord(troupe: Troupe, dossier: str, numero: str) -> None:
    """The company and the provider read the same agreement; the provider sees nothing of what is not its business."""
    instruction.accorder(troupe.emma, dossier)
    for qui, siren in ((troupe.paul, TABLES), (troupe.samir, ATELIER)):
        qui.produit.attendre_courriel(qui.adresse, f"(?s)[Aa]ccord.*{numero}|{numero}.*[Aa]ccord")
        texte = instruction.lire_l_accord(qui, dossier, siren)
        for dit in (numero, INTITULE, "LES TABLES DU LAC", "ATELIER DES SAVOIRS", "336,00"):
            assert dit in texte, (dit, texte)
    page = troupe.samir.page
    expect(page.locator("main")).to_contain_text("Lefort")
    for tu in ("12/04/1994", "Employé", "RH-2026-40"):
        assert tu not in page.content(), tu


def ajouter_le_compte_du_prestataire(samir: Personnage) -> None:
    """Twice the same rule: the second factor, then 72 hours, and a notice that lets anybody stop it."""
    argent.ajouter_un_compte(samir, ATELIER, "Atelier des savoirs", IBAN_ATELIER)
    assert IBAN_ATELIER.replace(" ", "") not in samir.page.content()
    avis = samir.produit.attendre_courriel(samir.adresse, "coordonnées bancaires")
    assert "/coordonnees-bancaires/gel/" in avis


def attendre_les_72_heures(ines: Personnage, facture: str) -> None:
    """An account that is too young is set aside, with the reason."""
    page = ines.aller("/opco/virements/preparer/")
    expect(page.locator("#ecartees li", has_text=facture)).to_be_visible()
    expect(page.locator("main tr", has_text=facture)).to_have_count(0)
    ines.controler()


def verifier_le_compte(troupe: Troupe, facture: str) -> None:
    """The 72 hours are over, and the account is still not paid: somebody at the OPCO has to call back first."""
    page = troupe.ines.aller("/opco/virements/preparer/")
    expect(page.locator("main .note", has_text="la vérification d’un compte")).to_contain_text(facture)
    expect(page.locator("main tr", has_text=facture)).to_have_count(0)
    troupe.ines.controler()
    argent.verifier_le_compte(troupe.farid, "ATELIER DES SAVOIRS")


def payer(troupe: Troupe, facture: str, jour: date) -> None:
    """One prepares, another signs; the file for the bank is one and the same, and valid."""
    ines = troupe.ines
    page = ines.aller("/opco/virements/preparer/")
    expect(page.locator("main tr", has_text=facture)).to_be_visible()
    lot = argent.preparer(ines)
    expect(ines.page.get_by_role("button", name="Signer le lot")).to_have_count(0)
    jeton = ines.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    refus = ines.contexte.request.post(f"{ines.produit.url}{lot}signer/", form={"csrfmiddlewaretoken": jeton})
    assert refus.status == 403
    argent.signer(troupe.jeanne, lot)
    premier, second = (argent.recevoir_le_fichier(ines, lot) for _ in range(2))
    assert premier == second
    schema = XMLSchema(str(files(sepaxml).joinpath("schemas", "pain.001.001.09.xsd")))
    schema.validate(premier.decode())
    assert IBAN_ATELIER.replace(" ", "") in premier.decode()
    argent.declarer_execute(ines, lot, jour, REFERENCE)


def voir_le_reglement(troupe: Troupe, dossier: str, facture: str, jour: date) -> None:
    """Both sides see the payment, its reference and its day; the dossier is closed."""
    for qui, siren in ((troupe.paul, TABLES), (troupe.samir, ATELIER)):
        page = qui.aller(f"/e/{siren}/reglements/")
        ligne = argent.ligne_de(page, facture)
        assert REFERENCE in ligne
        assert formater_date(jour) in ligne
        qui.controler()
        page = qui.aller(f"/e/{siren}/dossiers/{instruction.identifiant(dossier)}/")
        expect(page.locator("main .meta")).to_contain_text("Soldé")
        qui.controler()
    page = troupe.nora.aller(f"/e/{TABLES}/dossiers/")
    expect(page.locator("main tr", has_text=INTITULE)).to_contain_text("Soldé")
    troupe.nora.controler()
