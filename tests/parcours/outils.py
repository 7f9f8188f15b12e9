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
from email import policy
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from jalon.demo.distribution import MOT_DE_PASSE, secret_totp

TAILLES = ((1440, 900), (390, 844))
THEMES = ("light", "dark")
AXE = Axe()
OPTIONS_AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ECOUTE_CSP = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@dataclass
class Produit:
    """A running demonstration."""

    url: str
    dossier: Path
    environnement: dict[str, str]
    vues: set[str] = field(default_factory=set)
    seances: dict[str, StorageState] = field(default_factory=dict)
    codes_servis: set[tuple[str, int]] = field(default_factory=set)

    def code(self, adresse: str) -> str:
        """Six digits that the authenticator shows or is about to: never the same twice, since a code serves once."""
        while True:
            present = int(time.time()) // 30
            for periode in (present, present + 1, present - 1):
                if (adresse, periode) not in self.codes_servis:
                    self.codes_servis.add((adresse, periode))
                    return code_totp(secret_totp(adresse), periode)
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
        expect(page).not_to_have_url(re.compile("/compte/"), timeout=15_000)

    def controler(self) -> None:
        """axe on the page as it stands, in both themes and both widths; no CSP violation."""
        page = self.page
        chemin = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", urlsplit(page.url).path)
        self.produit.vues.add(chemin)
        origine = page.viewport_size
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            for largeur, hauteur in TAILLES:
                page.set_viewport_size({"width": largeur, "height": hauteur})
                resultat = AXE.run(page, options=OPTIONS_AXE)
                assert resultat.violations_count == 0, f"{chemin} {theme} {largeur}\n{resultat.generate_report()}"
                deborde = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
                assert not deborde, f"{chemin} défile en largeur à {largeur} px"
        page.emulate_media(color_scheme="light")
        if origine:
            page.set_viewport_size(origine)
        violations = page.evaluate("window.__violations || []")
        assert violations == [], f"{chemin} : {violations}"


@contextmanager
def personnage(produit: Produit, navigateur: Browser, adresse: str, *, javascript: bool = True) -> Iterator[Personnage]:
    """A person and a fresh browser context; script errors fail the journey."""
    contexte = navigateur.new_context(
        locale="fr-FR",
        java_script_enabled=javascript,
        viewport={"width": 1440, "height": 900},
        storage_state=produit.seances.get(adresse),
    )
    contexte.set_default_timeout(15_000)
    contexte.add_init_script(ECOUTE_CSP)
    page = contexte.new_page()
    erreurs: list[str] = []
    page.on("pageerror", lambda e: erreurs.append(str(e)))
    try:
        yield Personnage(produit, adresse, contexte, page)
        assert erreurs == []
    finally:
        contexte.close()


def code_totp(secret: str, periode: int) -> str:
    """RFC 6238, SHA-1, six digits."""
    condense = hmac.digest(base64.b32decode(secret), periode.to_bytes(8, "big"), "sha1")
    debut = condense[-1] & 15
    return f"{(int.from_bytes(condense[debut : debut + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
