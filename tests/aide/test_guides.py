"""Guides: read, searched, linked to what exists."""

import re

import pytest
from django.urls import get_resolver, resolve

from jalon.aide.guides import GUIDES, Guide, chercher_guides, guides_de_la_page, guides_du_dispositif, lire_guide, par_theme
from jalon.dispositifs.registre import DISPOSITIFS

TETE = "titre: Un essai\nresume: À lire\ntheme: Premiers pas"


@pytest.mark.parametrize("lu", GUIDES.values(), ids=GUIDES)
def test_chaque_guide_ne_nomme_que_ce_qui_existe(lu: Guide) -> None:
    noms = {nom for nom in get_resolver().reverse_dict if isinstance(nom, str)}
    assert set(lu.pages) <= noms
    assert set(lu.dispositifs) <= set(DISPOSITIFS)
    for adresse in re.findall(r'href="(/[^"#]*)', lu.html):
        resolve(adresse)
    assert len(lu.sections) >= 2
    for ancre, _ in lu.sections:
        assert f'id="{ancre}"' in lu.html


def test_chaque_guide_a_un_theme_connu() -> None:
    assert sorted(g.code for _, lot in par_theme(GUIDES.values()) for g in lot) == sorted(GUIDES)


@pytest.mark.parametrize("lu", GUIDES.values(), ids=GUIDES)
def test_la_ponctuation_ne_se_separe_pas_de_son_mot(lu: Guide) -> None:
    texte = re.sub(r"<[^>]+>", "", lu.html) + lu.titre + lu.resume
    assert not re.search(r"\S [:;?!»]|« ", texte)


def test_chaque_dispositif_ouvert_a_son_guide() -> None:
    sans = [code for code, d in DISPOSITIFS.items() if d.ferme_le is None and not guides_du_dispositif(code)]
    assert sans == []


def test_le_html_est_montre_tel_quel_jamais_execute() -> None:
    lu = lire_guide("essai", f"{TETE}\n\n## Titre\n\n<script>x</script> **gras**")
    assert "<script>" not in lu.html
    assert "<strong>gras</strong>" in lu.html
    assert lu.sections == (("titre", "Titre"),)


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (f"{TETE}\nauteur: X\n\nTexte", "en-tête inattendu « auteur: X »"),
        (f"{TETE}\ntitre: Deux\n\nTexte", "en-tête inattendu « titre: Deux »"),
        (f"{TETE}\nsans valeur\n\nTexte", "en-tête inattendu « sans valeur »"),
        ("titre: Un essai\ntheme: X\n\nTexte", "il manque resume"),
        (f"{TETE}\n\n  ", "il manque le texte"),
    ],
)
def test_un_guide_mal_ecrit_dit_ou(texte: str, dit: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"essai.md : {dit}")):
        lire_guide("essai", texte)


@pytest.mark.parametrize(
    ("cherche", "premier"),
    [
        ("rib", "coordonnees-bancaires"),
        ("RUPTUR", "rupture-avenant"),
        ("facture rejet", "facturer"),
        ("telephone perdu", "securite-compte"),
    ],
)
def test_on_cherche_par_le_debut_des_mots_sans_accent_ni_casse(cherche: str, premier: str) -> None:
    assert chercher_guides(cherche)[0].code == premier


def test_rien_ne_repond_a_un_mot_inconnu() -> None:
    assert chercher_guides("zygomatique") == []


def test_une_page_a_ses_guides() -> None:
    assert [g.code for g in guides_de_la_page("espace_rib")] == ["coordonnees-bancaires"]
    assert guides_de_la_page("inconnue") == []
