"""Typing and sending a training request through its pages, with or without JavaScript."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from jalon.demo.dossiers import document_fictif
from jalon.socle.dates import formater_date
from tests.parcours.outils import Personnage, attendre

BELLERIVE, LYON = "123456782", "12345678200010"
Valeurs = dict[str, str]


@dataclass(frozen=True)
class Demande:
    """What is typed in each section, in an order that makes each box appear before it is filled."""

    intitule: str
    debut: date
    siret: str = LYON
    contact: str = "Aline Ferrand"
    courriel: str = "aline@bellerive.example"
    effectif: str = "38"
    organisme: str = "81260002100016"
    nda: str = "84691234569"

    @property
    def sections(self) -> dict[str, Valeurs]:
        """Names and values of the boxes; what the register knows of a SIRET is not typed."""
        return {
            "entreprise": {
                "siret": self.siret, "effectif": self.effectif, "contact_nom": self.contact, "contact_courriel": self.courriel,
                "reference_interne": "RH-2026-40",
            },
            "organisme": {"interne": "non", "siret": self.organisme, "nda": self.nda, "qualiopi": "oui"},
            "action": {
                "intitule": self.intitule, "objectifs": "Accueillir et servir dans les règles de la maison",
                "type_action": "formation", "theme": "metier", "certification": "aucune", "date_debut": formater_date(self.debut),
                "date_fin": formater_date(self.debut + timedelta(days=1)), "duree_heures": "14", "nombre_jours": "2",
                "modalite": "presentiel", "organisation": "inter", "lieu": "Lyon",
            },
            "stagiaires": {
                "stagiaires-0-nom_naissance": "Lefort", "stagiaires-0-prenom": "Zoé", "stagiaires-0-date_naissance": "12/04/1994",
                "stagiaires-0-sexe": "F", "stagiaires-0-categorie": "employe", "stagiaires-0-niveau": "4",
                "stagiaires-0-type_contrat": "cdi", "stagiaires-0-rqth": "non", "stagiaires-0-heures": "14",
            },
            "couts": {
                "cout_pedagogique": "336", "taux_tva": "0", "subrogation": "oui", "salaires_demandes": "non", "frais_demandes": "non",
            },
        }  # fmt: skip


PLUS_D_ENVOI = "() => !document.querySelector('#section.htmx-request')"
"""What a register fills comes back with the answer: the next box is typed once it is there."""


def case(page: Page, nom: str) -> Locator:
    """Everything that carries that name in the form: one box, or the choices of a group."""
    return page.locator(f'#section [name="{nom}"]')


def remplir(page: Page, nom: str, valeur: str) -> None:
    """Fill one box, whatever it is, and leave it."""
    boite = case(page, nom).first
    genre = boite.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if genre == "radio":
        page.locator(f'#section input[name="{nom}"][value="{valeur}"]').check()
    elif genre == "select":
        boite.select_option(valeur)
    else:
        boite.fill(valeur)
        boite.blur()


def commencer(qui: Personnage, siren: str = BELLERIVE, siret: str = LYON) -> str:
    """A new draft; its address."""
    page = qui.aller(f"/e/{siren}/dossiers/nouveau/")
    page.get_by_label("Pour quel établissement ?").select_option(siret)
    page.get_by_role("button", name="Commencer la saisie").click()
    expect(page).to_have_url(re.compile("/saisie/entreprise/"))
    return page.url.removeprefix(qui.produit.url).removesuffix("saisie/entreprise/")


def remplir_la_section(page: Page, valeurs: Valeurs, *, javascript: bool = True) -> None:
    """Every box of the section on screen; with scripts, one waits for the boxes that an answer brings."""
    for nom, valeur in valeurs.items():
        if javascript:
            expect(case(page, nom).first).to_be_attached()
        if case(page, nom).count():
            remplir(page, nom, valeur)
        if javascript:
            page.wait_for_function(PLUS_D_ENVOI)


def attendre_l_enregistrement(page: Page) -> None:
    """Until nothing typed remains to be kept: the page would let its reader go."""
    laisse_partir = "dispatchEvent(new Event('beforeunload', {cancelable: true})) ? 'oui' : ''"
    attendre(lambda: str(page.evaluate(laisse_partir)), "tout est enregistré")


def saisir(qui: Personnage, dossier: str, section: str, valeurs: Valeurs, *, javascript: bool = True) -> None:
    """One section; without JavaScript the boxes that depend on an answer come when the page comes back."""
    page = qui.aller(f"{dossier}saisie/{section}/")
    for _ in range(1 if javascript else 3):
        remplir_la_section(page, valeurs, javascript=javascript)
        with page.expect_event("load"):
            page.get_by_role("button", name="Enregistrer et continuer").click()
        if f"/saisie/{section}/" not in page.url:
            return
    raise AssertionError(f"{section} refusée : {page.locator('.errsum').inner_text()}")


def joindre_une_piece(page: Page, code: str, titre: str, jour: date, *, javascript: bool = True) -> None:
    """One PDF made for the test; with scripts it leaves as soon as it is chosen."""
    contenu = document_fictif(titre, "Action fictive", jour)
    page.locator(f"#fichier-{code}").set_input_files({"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": contenu})
    if not javascript:
        page.locator(f"form:has(#fichier-{code}) button[type=submit]").click()
    expect(page.locator("#pieces")).to_contain_text(f"{code}.pdf")


def joindre(qui: Personnage, dossier: str, *, javascript: bool = True) -> None:
    """The signed agreement and the programme."""
    page = qui.aller(f"{dossier}pieces/")
    for code, titre in (("convention_signee", "Convention de formation"), ("programme", "Programme")):
        joindre_une_piece(page, code, titre, qui.produit.aujourdhui(), javascript=javascript)


def transmettre(qui: Personnage, dossier: str) -> str:
    """Send; the number given."""
    page = qui.aller(f"{dossier}verifier/")
    page.get_by_role("button", name="Transmettre le dossier").click()
    expect(page).to_have_url(re.compile(re.escape(dossier) + "$"))
    return numero_affiche(page)


def numero_affiche(page: Page) -> str:
    """The number of the dossier on screen."""
    numero = re.search(r"\b\d{4}[A-Z]{2}\d{6}\b", page.locator("main").inner_text())
    assert numero, page.locator("main").inner_text()
    return numero[0]


def preparer(qui: Personnage, demande: Demande, *, javascript: bool = True) -> str:
    """Everything but the sending, in the order of the form; the address of the draft."""
    dossier = commencer(qui)
    for section, valeurs in demande.sections.items():
        saisir(qui, dossier, section, valeurs, javascript=javascript)
    joindre(qui, dossier, javascript=javascript)
    return dossier
