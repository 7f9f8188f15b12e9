"""axe on the page as it stands, in both themes and both widths, and what a strict policy refused to run."""

import re
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

TAILLES = ((1440, 900), (390, 844))
THEMES = ("light", "dark")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
JUGER = "options => axe.run(document, options).then(resultat => resultat.violations)"
ECOUTE_CSP = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""


def chemin_de(page: Page) -> str:
    """The address of a page, its identifiers left out."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", urlsplit(page.url).path)


def controler_la_page(page: Page) -> None:
    """No violation, nothing wider than the window, no script or style refused."""
    chemin, origine = chemin_de(page), page.viewport_size
    page.evaluate(AXE)
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for largeur, hauteur in TAILLES:
            page.set_viewport_size({"width": largeur, "height": hauteur})
            fautes = page.evaluate(JUGER, OPTIONS)
            assert fautes == [], f"{chemin} {theme} {largeur}\n{_rapport(fautes)}"
            deborde = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
            assert not deborde, f"{chemin} défile en largeur à {largeur} px"
    page.emulate_media(color_scheme="light")
    if origine:
        page.set_viewport_size(origine)
    refuses = page.evaluate("window.__violations || []")
    assert refuses == [], f"{chemin} : {refuses}"


def _rapport(fautes: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{faute['id']} ({faute['help']}) : " + ", ".join(str(noeud["html"])[:200] for noeud in faute["nodes"])
        for faute in fautes
    )
