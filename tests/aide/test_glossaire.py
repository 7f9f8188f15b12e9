"""The glossary: each word once, in plain sentences, and met somewhere in the product."""

import re
from collections import Counter
from pathlib import Path

import pytest

import jalon
from jalon.aide.glossaire import GLOSSAIRE, Terme, chercher_termes, par_ordre_alphabetique, terme_de_la_case
from jalon.aide.guides import GUIDES
from jalon.aide.profils import lire_donnees
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.socle.texte import normaliser

SIGNES_PAR_PHRASE, PHRASES, PLACES = 240, 2, 25
ARTICLE = re.compile(r"Code (du travail|de commerce|de la sécurité sociale), [LRD]\d+(-\d+)*")
POSE = re.compile(r'\{% terme "([^"]+)"')
GABARITS = Path(jalon.__file__).parent / "web" / "templates"


def _poses() -> Counter[str]:
    """Words that the templates explain, and how many times."""
    return Counter(mot for fichier in GABARITS.rglob("*.html") for mot in POSE.findall(fichier.read_text(encoding="utf-8")))


def test_chaque_mot_est_unique_par_son_nom_et_par_son_ancre() -> None:
    lignes = lire_donnees("glossaire.csv")
    assert len(lignes) == len(GLOSSAIRE) == len({t.ancre for t in GLOSSAIRE.values()})
    cases = [case for t in GLOSSAIRE.values() for case in t.cases]
    assert len(cases) == len(set(cases))


@pytest.mark.parametrize("terme", GLOSSAIRE.values(), ids=lambda t: t.ancre)
def test_un_mot_se_dit_en_une_ou_deux_phrases_courtes(terme: Terme) -> None:
    phrases = terme.definition.removesuffix(".").split(". ")
    assert 1 <= len(phrases) <= PHRASES
    assert all(10 < len(phrase) <= SIGNES_PAR_PHRASE for phrase in phrases)
    assert terme.definition.endswith(".")
    assert terme.definition[0].isupper()
    assert not re.search(r"[^\u00a0«][:;?!]|'", terme.definition)
    assert not terme.article or ARTICLE.fullmatch(terme.article)


def test_chaque_mot_se_rencontre_dans_une_page_un_guide_ou_une_case() -> None:
    guides = normaliser(" ".join(g.cherche for g in GUIDES.values()))
    poses = _poses()
    jamais = [t.mot for t in GLOSSAIRE.values() if not (poses[t.mot] or t.cases or normaliser(t.mot) in guides)]
    assert jamais == []


def test_les_pages_expliquent_les_mots_la_ou_ils_arretent() -> None:
    poses = _poses()
    assert set(poses) <= set(GLOSSAIRE)
    assert poses.total() >= PLACES


def test_une_case_expliquee_existe_dans_un_formulaire() -> None:
    """« siren » is a box of the OPCO's and the access forms; the others are of the forms of requests."""
    noms = {case.nom for d in DISPOSITIFS.values() for section in d.sections for case in section.cases}
    assert {case for t in GLOSSAIRE.values() for case in t.cases} - {"siren"} <= noms
    assert terme_de_la_case("idcc") is GLOSSAIRE["IDCC"]
    assert terme_de_la_case("prenom") is None


def test_on_cherche_par_le_debut_des_mots_le_nom_d_abord() -> None:
    assert [t.mot for t in chercher_termes("npec")] == ["NPEC"]
    assert [t.mot for t in chercher_termes("ECHEANCE")] == ["Échéance"]
    assert "SIREN" in [t.mot for t in chercher_termes("numéro entreprise")]
    assert chercher_termes("opco")[0].mot == "OPCO"
    assert chercher_termes("zzz") == []
    ancres = [t.ancre for t in par_ordre_alphabetique()]
    assert ancres == sorted(ancres)
