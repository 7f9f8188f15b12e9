"""What every journey uses: the product started as a newcomer would, people with a browser each, axe on every page."""

import base64
import email
import hmac
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import policy
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from jalon.demo.distribution import MOT_DE_PASSE, secret_totp
from jalon.socle.dates import PARIS
from tests.parcours.accessibilite import ECOUTE_CSP, chemin_de, controler_la_page

PATIENCE = 30_000
RACINE = Path(__file__).parents[2]
expect.set_options(timeout=PATIENCE)


@dataclass
class Produit:
    """A running demonstration."""

    url: str
    dossier: Path
    environnement: dict[str, str]
    vues: set[str] = field(default_factory=set)
    peuplements: set[str] = field(default_factory=set)
    seances: dict[str, StorageState] = field(default_factory=dict)
    codes_servis: set[tuple[str, int]] = field(default_factory=set)
    secrets: dict[str, str] = field(default_factory=dict)
    avance: timedelta = timedelta()

    def avancer(self, duree: timedelta) -> None:
        """Move the one clock of web and worker."""
        self.jalon("horloge", f"+{duree // timedelta(hours=1)}h")
        self.avance += duree

    def aujourdhui(self) -> date:
        """The day that the product reads on its clock."""
        return (datetime.now(PARIS) + self.avance).date()

    def code(self, adresse: str) -> str:
        """Six digits that the authenticator shows or is about to: never the same twice, since a code serves once."""
        while True:
            present = int(time.time()) // 30
            for periode in (present, present + 1, present - 1):
                if (adresse, periode) not in self.codes_servis:
                    self.codes_servis.add((adresse, periode))
                    return code_totp(self.secrets.get(adresse) or secret_totp(adresse), periode)
            time.sleep(0.5)

    def jalon(self, *arguments: str) -> str:
        """Run one `jalon` command against it."""
        resultat = subprocess.run(
            [sys.executable, "-m", "jalon.cli", *arguments],
            env=self.environnement,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return resultat.stdout

    def peupler(self, nom: str) -> None:
        """Write, once, what years of use would have left (`tests/parcours/peuplement.py`), from a process of its own."""
        if nom not in self.peuplements:
            self.peuplements.add(nom)
            commande = [sys.executable, "-m", "tests.parcours.peuplement", nom]
            subprocess.run(commande, env=self.environnement, cwd=RACINE, timeout=120, check=True)

    def courriels(self, adresse: str) -> list[email.message.EmailMessage]:
        """Messages written for one address, newest first."""
        fichiers = sorted((self.dossier / "courriels").glob("*.eml"), reverse=True)
        lus = [email.message_from_bytes(f.read_bytes(), policy=policy.default) for f in fichiers]
        return [m for m in lus if adresse in str(m["To"])]

    def attendre_courriel(self, adresse: str, motif: str) -> str:
        """Text of the newest message to that address whose subject or body matches, waiting for the worker."""

        def chercher() -> str | None:
            for message in self.courriels(adresse):
                corps = message.get_body(preferencelist=("plain",))
                texte = corps.get_content() if corps is not None else ""
                if re.search(motif, f"{message['Subject']}\n{texte}"):
                    return str(texte)
            return None

        return attendre(chercher, f"courriel « {motif} » pour {adresse}")


def attendre(condition: Callable[[], str | None], quoi: str, delai: float = 45) -> str:
    """Poll until the condition gives something."""
    fin = time.monotonic() + delai
    while time.monotonic() < fin:
        trouve = condition()
        if trouve:
            return trouve
        time.sleep(0.2)
    raise AssertionError(f"attendu en vain : {quoi}")


@dataclass
class Personnage:
    """Somebody with a browser of their own."""

    produit: Produit
    adresse: str
    contexte: BrowserContext
    page: Page

    def aller(self, chemin: str) -> Page:
        """Open an address of the product."""
        self.page.goto(self.produit.url + chemin)
        return self.page

    def se_connecter(self) -> None:
        """Password, then the code of the authenticator; a person signed in earlier finds the session again."""
        if self.adresse in self.produit.seances:
            self.aller("/")
            if "/compte/" not in self.page.url:
                return
        page = self.aller("/")
        page.get_by_label("Adresse électronique").fill(self.adresse)
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter").click()
        self.donner_le_code()
        self.produit.seances[self.adresse] = self.contexte.storage_state()

    def donner_le_code(self) -> None:
        """Answer the page that asks the second factor."""
        page = self.page
        page.locator("input[name=code]").fill(self.produit.code(self.adresse))
        page.locator("form:has(input[name=code]) button[type=submit]").first.click()
        expect(page).not_to_have_url(re.compile("/compte/"))

    def appuyer(self, bouton: str) -> None:
        """Press a button; when the second factor is asked again on the way, give it, then send what was kept or press once more."""
        self.page.get_by_role("button", name=bouton).click()
        if "/reauthenticate/" in self.page.url:
            self.controler()
            self.donner_le_code()
            garde = self.page.url.endswith("/compte/reprendre/")
            self.page.get_by_role("button", name="Envoyer" if garde else bouton).click()

    def confirmer_si_demande(self) -> bool:
        """Give the second factor again when the page asks it; tells whether it did."""
        if "/reauthenticate/" not in self.page.url:
            return False
        self.controler_si_nouvelle()
        self.donner_le_code()
        return True

    def telecharger(self, bouton: str) -> bytes:
        """What a button gives to download."""
        with self.page.expect_download(timeout=30_000) as attendu:
            self.appuyer(bouton)
        return attendu.value.path().read_bytes()

    def statut(self, chemin: str) -> int:
        """What the product answers to that person at an address, without opening the page."""
        return self.contexte.request.get(self.produit.url + chemin).status

    def controler_si_nouvelle(self) -> None:
        """The same, unless somebody's journey already passed that page."""
        if chemin_de(self.page) not in self.produit.vues:
            self.controler()

    def controler(self) -> None:
        """axe on the page as it stands, in both themes and both widths; no CSP violation."""
        self.produit.vues.add(chemin_de(self.page))
        controler_la_page(self.page)


@contextmanager
def personnage(produit: Produit, navigateur: Browser, adresse: str, *, javascript: bool = True) -> Iterator[Personnage]:
    """A person and a fresh browser context; script errors fail the journey."""
    contexte = navigateur.new_context(
        locale="fr-FR",
        java_script_enabled=javascript,
        viewport={"width": 1440, "height": 900},
        storage_state=produit.seances.get(adresse),
    )
    contexte.set_default_timeout(PATIENCE)
    contexte.add_init_script(ECOUTE_CSP)
    page = contexte.new_page()
    erreurs: list[str] = []
    page.on("pageerror", lambda e: erreurs.append(str(e)))
    try:
        yield Personnage(produit, adresse, contexte, page)
        assert erreurs == [], erreurs
    finally:
        contexte.close()


def code_totp(secret: str, periode: int) -> str:
    """RFC 6238, SHA-1, six digits."""
    condense = hmac.digest(base64.b32decode(secret), periode.to_bytes(8, "big"), "sha1")
    debut = condense[-1] & 15
    return f"{(int.from_bytes(condense[debut : debut + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
