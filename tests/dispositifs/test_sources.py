"""Every rule says where it comes from, and what it quotes exists."""

import re
from pathlib import Path

import pytest

from jalon.dispositifs.base import Controle, Dispositif, Formulaire
from jalon.dispositifs.lecture.controles import controles_en_markdown
from jalon.dispositifs.registre import DISPOSITIFS, dispositif
from jalon.socle.erreurs import Introuvable

CITES = set((Path(__file__).parent / "articles_cites.txt").read_text(encoding="utf-8").split())
EXTRAITS = Path(__file__).parents[3] / "shared" / "domaine" / "code-du-travail-extraits.txt"
FORMULAIRES: dict[str, Formulaire] = dict(DISPOSITIFS)
AUTRES = ("Convention de l’OPCO", "Insee, ")
ARTICLE = r"[LRD]\d{4}-\d{1,3}(?:-\d{1,2})?"


def sources(declare: Formulaire) -> list[str]:
    pieces = [p for exigee in declare.pieces for p in (exigee, *exigee.une_de)]
    return [c.source for c in declare.controles] + [p.source for p in pieces if p.source]


def articles(source: str) -> list[str]:
    return re.findall(ARTICLE, source)


@pytest.mark.parametrize("declare", FORMULAIRES.values(), ids=list(FORMULAIRES))
def test_chaque_source_est_un_article_ou_une_regle_de_l_opco(declare: Formulaire) -> None:
    for source in sources(declare):
        if not source.startswith(AUTRES):
            assert re.fullmatch(rf"Code du travail, {ARTICLE}(?:, {ARTICLE})*", source), source
            assert set(articles(source)) <= CITES, source


def test_la_liste_des_articles_ne_garde_rien_d_inutile() -> None:
    cites = {article for d in FORMULAIRES.values() for source in sources(d) for article in articles(source)}
    assert cites == CITES


@pytest.mark.skipif(not EXTRAITS.exists(), reason="extraits du Code du travail absents")
def test_les_articles_cites_existent_dans_le_code_du_travail() -> None:
    connus = set(re.findall(rf"^## ({ARTICLE}) ", EXTRAITS.read_text(encoding="utf-8"), re.MULTILINE))
    assert connus >= CITES


@pytest.mark.parametrize("declare", FORMULAIRES.values(), ids=list(FORMULAIRES))
def test_chaque_controle_a_un_nom_unique_une_explication_et_des_cases_qui_existent(declare: Formulaire) -> None:
    identifiants = [c.identifiant for c in declare.controles]
    assert len(set(identifiants)) == len(identifiants)
    assert len({c.verifie for c in declare.controles}) == len(identifiants)
    for controle in declare.controles:
        assert controle.description.endswith("."), controle.identifiant
        assert controle.verifie[0].isupper(), controle.identifiant
        assert not controle.verifie.endswith("."), controle.identifiant
        for chemin in controle.cases:
            section, _, nom = chemin.partition(".")
            assert nom == "lignes" or declare.section(section).case(nom), chemin


@pytest.mark.parametrize("declare", FORMULAIRES.values(), ids=list(FORMULAIRES))
def test_une_declaration_se_tient(declare: Formulaire) -> None:
    assert not isinstance(declare, Dispositif) or re.fullmatch(r"[A-Z]{2}", declare.lettres)
    assert [s.code for s in declare.sections] == list(declare.contenu.model_fields)
    for section in declare.sections:
        for condition in (c for case in section.cases for c in case.conditions):
            code, _, nom = condition.chemin.rpartition(".")
            cible = (declare.section(code) if code else section).case(nom)
            permises = set(cible.choix.codes()) if cible.choix else {"oui", "non"}
            assert set(condition.valeurs) <= permises, condition
    for piece in declare.pieces:
        assert declare.piece(piece.code) is piece
        assert piece.code not in {une.code for une in piece.une_de}


def test_le_registre_connait_les_dispositifs_par_leur_code() -> None:
    assert dispositif("action_formation").lettres == "AF"
    with pytest.raises(Introuvable, match="n’existe pas"):
        dispositif("inconnu")


def essais(declare: Formulaire, controle: Controle) -> str:
    """The files of tests that name a control."""
    dossier = Path(__file__).parent / declare.code
    nomment = [f.name for f in sorted(dossier.glob("*.py")) if f'"{controle.identifiant}"' in f.read_text(encoding="utf-8")]
    assert nomment, f"{declare.code} : aucun essai ne nomme {controle.identifiant}"
    return ", ".join(f"`{nom}`" for nom in nomment)


def test_la_page_des_controles_est_celle_des_declarations() -> None:
    page = Path(__file__).parents[2] / "docs" / "controles.md"
    assert page.read_text(encoding="utf-8") == controles_en_markdown(FORMULAIRES.values(), essais)
