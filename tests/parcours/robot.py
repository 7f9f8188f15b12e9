"""Following every link from page to page, one address of each kind."""

import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

from tests.parcours.outils import Personnage

IDENTIFIANT = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/organisations/)\d{9}|(?<=/codes/adresses/)\d{9}")
LIEN = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
HORS_SUJET = ("/demo", "/compte/logout", "/compte/2fa/reauthenticate", "/static", "/.well-known")


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
