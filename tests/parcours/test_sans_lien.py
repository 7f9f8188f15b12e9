"""An account with no link: every address of the others is unknown to it, and no page of its own names anybody."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.parcours.outils import Produit, personnage
from tests.parcours.robot import parcourir

AUTRES = (
    "aline@bellerive.example",
    "driss@institut-table.example",
    *(f"{nom}@opco.example" for nom in ("hugo", "emma", "farid", "ines", "jeanne", "karim")),
)
NOMS = re.compile("bellerive|institut des m|ferrand|haddad|vasseur|lefort|[0-9]{4}AF[0-9]{6}", re.IGNORECASE)
DES_AUTRES = ("/e/", "/opco/", "/mes/")


def adresses_des_autres(produit: Produit, navigateur: Browser) -> set[str]:
    """Every address, of a company, of a provider or of the OPCO, that a robot reaches for each of these people."""
    trouvees: set[str] = set()
    for adresse in AUTRES:
        with personnage(produit, navigateur, adresse) as qui:
            qui.se_connecter()
            reperes = parcourir(qui, urlsplit(qui.page.url).path).values()
            trouvees |= {chemin for chemin, _ in reperes if chemin.startswith(("/e/", "/opco/"))}
    return trouvees


@pytest.mark.nuit
def test_un_compte_sans_lien_ne_voit_rien_nulle_part(produit: Produit, navigateur: Browser) -> None:
    adresses = adresses_des_autres(produit, navigateur)
    assert len(adresses) > 60, sorted(adresses)
    with personnage(produit, navigateur, "gael@ailleurs.example") as gael:
        gael.se_connecter()
        for chemin, est_page in parcourir(gael, "/accueil/").values():
            assert not chemin.startswith(DES_AUTRES), chemin
            if est_page:
                gael.aller(chemin)
                assert not NOMS.search(gael.page.content()), chemin
                gael.controler()
        for chemin in sorted(adresses):
            reponse = gael.contexte.request.get(produit.url + chemin)
            assert reponse.status == 404, f"{chemin} répond {reponse.status} à un compte sans lien"
            assert not NOMS.search(reponse.text()), chemin
