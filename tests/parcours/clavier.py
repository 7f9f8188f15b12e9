"""Hands on the keyboard alone: Tab, Enter, Space, arrows, Escape. The focus is always seen, and never lost."""

import re
from contextlib import suppress

from playwright.sync_api import Page, expect

from jalon.demo.distribution import MOT_DE_PASSE
from tests.parcours.outils import Personnage

TABULATIONS, FLECHES = 160, 70
VEILLE_SUR_LE_FOCUS = """
window.__perdu = [];
document.addEventListener('htmx:afterSettle', (e) => setTimeout(() => {
  if (document.activeElement === document.body) window.__perdu.push(e.detail.requestConfig?.path || e.target.id);
}));
"""
ATTEINT = "s => document.activeElement.matches(s)"
SE_VOIT = """
() => {
  const ici = document.activeElement, cadre = ici.getBoundingClientRect();
  const cerne = [ici, ici.parentElement, ici.closest('label')].filter(Boolean).map((e) => getComputedStyle(e));
  if (!ici.matches(':focus-visible')) return 'sans :focus-visible';
  if (!cerne.some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none')) return 'sans contour';
  if (cadre.bottom <= 0 || cadre.top >= innerHeight) return 'hors de la fenêtre';
  const [x, y] = [cadre.left + cadre.width / 2, Math.min(Math.max(cadre.top + cadre.height / 2, 1), innerHeight - 1)];
  const dessus = document.elementFromPoint(x, y);
  if (dessus && !dessus.contains(ici) && !ici.contains(dessus) && !dessus.closest('label')) return 'caché par ' + dessus.outerHTML.slice(0, 80);
  return '';
}
"""


def tabuler_jusqu_a(page: Page, selecteur: str) -> None:
    """Press Tab until that element has the focus; somebody who looks at the page must see it there."""
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        if page.evaluate(ATTEINT, selecteur):
            defaut = page.evaluate(SE_VOIT)
            assert defaut == "", f"{selecteur} : {defaut}"
            return
    raise AssertionError(f"{selecteur} n’est pas atteint au clavier")


def revenir_a(page: Page, selecteur: str) -> None:
    """Press Shift + Tab until that element has the focus."""
    for _ in range(TABULATIONS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(ATTEINT, selecteur):
            defaut = page.evaluate(SE_VOIT)
            assert defaut == "", f"{selecteur} : {defaut}"
            return
    raise AssertionError(f"{selecteur} n’est pas atteint au clavier, à reculons")


def actionner(page: Page, selecteur: str) -> None:
    """Reach a link or a button, and press Enter."""
    tabuler_jusqu_a(page, selecteur)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def choisir(page: Page, nom: str, valeur: str) -> None:
    """Space takes the choice that has the focus; each arrow takes the next one."""
    present = "document.activeElement.tagName === 'SELECT' || document.activeElement.checked ? document.activeElement.value : ''"
    page.keyboard.press("Space" if page.evaluate("document.activeElement.type") == "radio" else "Home")
    for _ in range(FLECHES):
        if page.evaluate(present) == valeur:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{nom} ne prend pas la valeur {valeur} au clavier")


def taper(page: Page, nom: str, texte: str) -> None:
    """Reach a box and type in it, in place of what it held."""
    tabuler_jusqu_a(page, f'[name="{nom}"]')
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(texte)


def prendre(page: Page, nom: str, valeur: str) -> None:
    """Reach a list or a group of choices, and take one."""
    tabuler_jusqu_a(page, f'[name="{nom}"]')
    choisir(page, nom, valeur)


def cocher(page: Page, selecteur: str) -> None:
    """Reach a box to tick, and tick it."""
    tabuler_jusqu_a(page, selecteur)
    page.keyboard.press("Space")
    expect(page.locator(selecteur)).to_be_checked()


def valider(page: Page) -> None:
    """Enter in the box where one is: the form goes."""
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def annonce(page: Page, texte: str) -> None:
    """What was done is said where a screen reader listens."""
    expect(page.get_by_role("status").filter(has_text=texte).first).to_be_visible()


def se_connecter(qui: Personnage) -> Page:
    """Password, then the code of the authenticator."""
    page = qui.aller("/")
    if "/compte/" in page.url:
        taper(page, "login", qui.adresse)
        taper(page, "password", MOT_DE_PASSE)
        valider(page)
        _donner_le_code(qui)
        qui.produit.seances[qui.adresse] = qui.contexte.storage_state()
    return page


def confirmer_si_demande(qui: Personnage) -> None:
    """The second factor, when a page asks for it again."""
    if "/reauthenticate/" in qui.page.url:
        _donner_le_code(qui)


def _donner_le_code(qui: Personnage) -> None:
    page = qui.page
    if not page.evaluate(ATTEINT, "input[name=code]"):
        tabuler_jusqu_a(page, "input[name=code]")
    page.keyboard.type(qui.produit.code(qui.adresse))
    with suppress(TimeoutError):
        valider(page)
    expect(page).not_to_have_url(re.compile("/compte/(2fa|login)"))
