"""Every page that somebody can reach: there, whole, accessible, without a script refused."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.parcours.outils import Produit, personnage
from tests.parcours.robot import parcourir

pytestmark = pytest.mark.nuit

PERSONNES = (
    "aline@bellerive.example",
    "bruno@bellerive.example",
    "chloe@alpes-compta.example",
    "driss@institut-table.example",
    "hugo@opco.example",
    "emma@opco.example",
    "farid@opco.example",
    "ines@opco.example",
    "jeanne@opco.example",
    "karim@opco.example",
)
PROPRES = re.compile(r"^/(opco|e/\d{9}|accueil)/$")


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
