"""Every page that somebody can reach: there, whole, accessible, without a script refused; and nothing for a stranger."""

import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.parcours.outils import Personnage, Produit, personnage

pytestmark = pytest.mark.nuit

PERSONNES = (
    "aline@bellerive.example",
    "driss@institut-table.example",
    "hugo@opco.example",
    "emma@opco.example",
    "farid@opco.example",
    "ines@opco.example",
    "jeanne@opco.example",
    "karim@opco.example",
)
IDENTIFIANT = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/organisations/)\d{9}|(?<=/codes/adresses/)\d{9}")
LIEN = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
HORS_SUJET = ("/demo", "/compte/logout", "/compte/2fa/reauthenticate", "/static", "/.well-known")
PROPRES = re.compile(r"^/(opco|e/\d{9}|accueil)/$")


def genre(chemin: str) -> str:
    """The address without its identifiers: one per kind of page."""
    return IDENTIFIANT.sub("<id>", chemin)


def parcourir(qui: Personnage, depart: str) -> dict[str, tuple[str, bool]]:
    """Follow every link from page to page, one address of each kind: {kind: (address, is it a page)}."""
    trouves: dict[str, tuple[str, bool]] = {}
    file = deque([depart])
    while file:
        chemin = file.popleft()
        if genre(chemin) in trouves:
            continue
        reponse = qui.contexte.request.get(qui.produit.url + chemin)
        assert reponse.status == 200, f"{qui.adresse} : {chemin} répond {reponse.status}"
        est_page = reponse.headers["content-type"].startswith("text/html")
        trouves[genre(chemin)] = (chemin, est_page)
        if est_page:
            liens = (urlsplit(unescape(lien)) for lien in LIEN.findall(reponse.text()))
            file.extend(u.path for u in liens if not u.netloc and u.path.startswith("/") and not u.path.startswith(HORS_SUJET))
    return trouves


@pytest.mark.parametrize("adresse", PERSONNES)
def test_chaque_page_atteinte_est_la_et_accessible(produit: Produit, navigateur: Browser, adresse: str) -> None:
    with personnage(produit, navigateur, adresse) as qui:
        qui.se_connecter()
        trouves = parcourir(qui, urlsplit(qui.page.url).path)
        assert len(trouves) > 15, sorted(trouves)
        for forme, (chemin, est_page) in trouves.items():
            cle = f"{adresse} {forme}" if PROPRES.match(forme) else forme
            if est_page and cle not in produit.vues:
                qui.aller(chemin)
                qui.controler()
                produit.vues.add(cle)


def test_un_compte_sans_lien_ne_voit_aucune_trace(produit: Produit, navigateur: Browser) -> None:
    with personnage(produit, navigateur, "aline@bellerive.example") as aline:
        aline.se_connecter()
        adresses = [chemin for chemin, _ in parcourir(aline, "/e/123456782/").values() if "/e/123456782" in chemin]
    with personnage(produit, navigateur, "emma@opco.example") as emma:
        emma.se_connecter()
        adresses += [chemin for chemin, _ in parcourir(emma, "/opco/").values() if chemin.startswith("/opco")]
    assert len(adresses) > 25
    with personnage(produit, navigateur, "gael@ailleurs.example") as gael:
        gael.se_connecter()
        for chemin, est_page in parcourir(gael, "/accueil/").values():
            assert not chemin.startswith(("/e/", "/opco", "/mes/")), chemin
            if est_page:
                gael.aller(chemin)
                assert "bellerive" not in gael.page.content().lower(), chemin
        gael.aller("/accueil/")
        gael.controler()
        for chemin in adresses:
            reponse = gael.contexte.request.get(produit.url + chemin)
            assert reponse.status == 404, f"{chemin} répond {reponse.status} à un compte sans lien"
            assert "bellerive" not in reponse.text().lower(), chemin
