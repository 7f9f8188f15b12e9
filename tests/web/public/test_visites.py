"""Guided tours on the homes: their anchors are there, they are offered until they are seen, and can be read and begun again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.aide.visites import VISITES
from jalon.comptes.models import Personne
from tests.dossiers.fabrique import SIREN, SIREN_OF
from tests.matrice.conftest import monde
from tests.matrice.lieux import SIREN_K
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

__all__ = ["monde"]

ACCUEILS = [
    ("entreprise", "a_admin", f"/e/{SIREN}/"),
    ("entreprise", "a_lecteur", f"/e/{SIREN}/"),
    ("entreprise", "a_siret", f"/e/{SIREN}/"),
    ("prestataire", "p_admin", f"/e/{SIREN_OF}/"),
    ("cabinet", "c_collab", f"/e/{SIREN_K}/clients/"),
    ("opco", "conseiller", "/opco/"),
    ("opco", "comptable", "/opco/"),
]


def _accueil(monde: Monde, role: str, adresse: str) -> str:
    reponse = monde.client(role).get(adresse)
    assert reponse.status_code == 200, reponse["Location"]
    return reponse.content.decode()


@pytest.mark.parametrize(("code", "role", "adresse"), ACCUEILS)
def test_chaque_etape_montre_un_element_de_la_page_de_son_role(code: str, role: str, adresse: str, monde: Monde) -> None:
    page = _accueil(monde, role, adresse)
    assert f'href="/aide/visites/{code}/"' in page
    assert re.findall(r'data-ancre="([^"]+)"', page) == [e.ancre for e in VISITES[code].etapes]
    for etape in VISITES[code].etapes:
        assert page.count(f'id="{etape.ancre}"') == 1, etape.ancre


def test_une_visite_se_propose_jusqu_a_ce_qu_on_ne_la_veuille_plus(monde: Monde) -> None:
    with essai():
        assert "Première visite" in _accueil(monde, "a_admin", f"/e/{SIREN}/")
        retour = monde.client("a_admin").post(
            "/aide/visites/entreprise/vue/", headers={"Referer": f"http://testserver/e/{SIREN}/?visite=1"}
        )
        assert retour["Location"] == f"http://testserver/e/{SIREN}/"
        assert "data-visite" not in _accueil(monde, "a_admin", f"/e/{SIREN}/")
        assert 'data-visite="demandee"' in _accueil(monde, "a_admin", f"/e/{SIREN}/?visite=1")
        assert "Première visite" in _accueil(monde, "a_lecteur", f"/e/{SIREN}/")
        piege = monde.client("a_admin").post("/aide/visites/entreprise/vue/", headers={"Referer": "https://piege.example/"})
        assert piege["Location"] == "/accueil/"


def test_un_accueil_ne_coute_pas_une_requete_de_plus_avec_sa_visite(monde: Monde) -> None:
    nombres = []
    with essai():
        for vues in ([], ["entreprise"]):
            Personne.objects.filter(pk=monde.personnes["a_admin"].pk).update(visites_vues=vues)
            _accueil(monde, "a_admin", f"/e/{SIREN}/")
            with CaptureQueriesContext(connection) as requetes:
                _accueil(monde, "a_admin", f"/e/{SIREN}/")
            nombres.append(len(requetes))
    assert nombres[0] == nombres[1]


@pytest.mark.parametrize("code", VISITES)
def test_une_visite_se_lit_sans_compte(code: str, monde: Monde) -> None:
    page = monde.client("anonyme").get(f"/aide/visites/{code}/").content.decode()
    assert [e.texte in page for e in VISITES[code].etapes] == [True] * len(VISITES[code].etapes)
    assert "?visite=1" not in page


@pytest.mark.parametrize(("code", "role", "adresse"), [a for a in ACCUEILS if a[1] != "comptable"])
def test_elle_se_reprend_de_l_aide_sur_l_accueil_de_son_role(code: str, role: str, adresse: str, monde: Monde) -> None:
    for autre in VISITES:
        page = monde.client(role).get(f"/aide/visites/{autre}/").content.decode()
        assert (f'href="{adresse}?visite=1"' in page) is (autre == code)
