"""Templates: nothing inline that the content policy would refuse, nothing unescaped."""

import re

import pytest

from tests.architecture.sources import JALON

PAGES = sorted(f for f in JALON.rglob("templates/**/*.html") if "courriels" not in f.parts)
COURRIELS = sorted(f for f in JALON.rglob("templates/**/*.html") if "courriels" in f.parts)
INTERDITS = {
    "attribut style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "gestionnaire on…": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script en ligne": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE),
    "style en ligne": re.compile(r"<style\b", re.IGNORECASE),
    "adresse javascript:": re.compile(r"javascript:", re.IGNORECASE),
    "texte non échappé": re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b"),
    "hx-on": re.compile(r"\shx-on", re.IGNORECASE),
}


def _sans_commentaires(texte: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", texte, flags=re.DOTALL)


@pytest.mark.parametrize("nom", INTERDITS)
def test_rien_en_ligne_dans_les_pages(nom: str) -> None:
    fautes = [str(f.relative_to(JALON)) for f in PAGES if INTERDITS[nom].search(_sans_commentaires(f.read_text()))]
    assert fautes == []


@pytest.mark.parametrize("nom", [n for n in INTERDITS if n != "style en ligne"])
def test_rien_en_ligne_dans_les_courriels(nom: str) -> None:
    fautes = [str(f.relative_to(JALON)) for f in COURRIELS if INTERDITS[nom].search(_sans_commentaires(f.read_text()))]
    assert fautes == []


def test_un_courriel_ne_charge_rien_et_a_sa_version_texte() -> None:
    fautes = [str(f.relative_to(JALON)) for f in COURRIELS if re.search(r"<(?:img|link|script|iframe)\b", f.read_text())]
    fautes += [str(f.relative_to(JALON)) for f in COURRIELS if not f.with_suffix(".txt").exists() and "demo" not in f.parts]
    assert fautes == []
