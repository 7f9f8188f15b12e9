"""The page of the glossary, and the words explained in the pages."""

import re

import pytest
from django.template import engines
from django.test import Client

from jalon.aide.glossaire import GLOSSAIRE

pytestmark = pytest.mark.django_db


def _dessiner(source: str) -> str:
    return engines["django"].from_string(source).render()


def test_tout_le_glossaire_se_lit_et_se_cherche(client: Client) -> None:
    page = client.get("/aide/glossaire/").content.decode()
    assert re.findall(r'<div id="([^"]+)"><dt>', page) == sorted(t.ancre for t in GLOSSAIRE.values())
    assert "Code du travail, D6332-78" in page
    assert re.findall(r'<div id="([^"]+)"><dt>', client.get("/aide/glossaire/?q=npec").content.decode()) == ["npec"]
    assert "Aucun mot du glossaire" in client.get("/aide/glossaire/?q=zzz").content.decode()


def test_la_recherche_des_guides_montre_les_mots_qui_repondent(client: Client) -> None:
    page = client.get("/aide/?q=npec").content.decode()
    assert "Dans le glossaire" in page
    assert '<div id="npec"><dt>NPEC</dt>' in page
    for sans in ("/aide/", "/aide/?q=zzz"):
        assert "Dans le glossaire" not in client.get(sans).content.decode()


def test_un_mot_est_un_lien_vers_le_glossaire_et_porte_sa_bulle() -> None:
    dessin = _dessiner('{% terme "NPEC" %}')
    assert 'href="/aide/glossaire/#npec">NPEC</a>' in dessin
    assert '<span class="terme__bulle" popover="manual"><b>NPEC, niveau de prise en charge.</b> Montant annuel' in dessin
    assert "Code du travail, D6332-78" in dessin
    assert ">échéances</a>" in _dessiner('{% terme "Échéance" "échéances" %}')
    signe = _dessiner('{% terme "OPCO" aide=True %}')
    assert '<span class="vh">Que veut dire OPCO\u00a0?</span></a>' in signe
    with pytest.raises(KeyError):
        _dessiner('{% terme "Inconnu" %}')
