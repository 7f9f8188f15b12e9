"""What no template of the product may hold: the strict policy and the typography depend on it."""

import re
from pathlib import Path

import pytest

GABARITS = Path(__file__).parents[3] / "src/jalon/web/templates"
PAGES = sorted(GABARITS.rglob("*.html"))
COURRIELS_HTML = [p for p in PAGES if "courriels" in p.parts or "email" in p.parts]
ECRANS = [p for p in PAGES if p not in COURRIELS_HTML]


def _nom(chemin: Path) -> str:
    return str(chemin.relative_to(GABARITS))


def _sans_commentaires(texte: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", texte, flags=re.DOTALL)


@pytest.mark.parametrize("chemin", ECRANS, ids=_nom)
def test_ni_style_ni_script_ni_gestionnaire_dans_un_gabarit(chemin: Path) -> None:
    texte = _sans_commentaires(chemin.read_text(encoding="utf-8"))
    assert not re.search(r"<[^>]*\sstyle\s*=", texte), "attribut style"
    assert "<style" not in texte
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", texte), "gestionnaire en ligne"
    assert not re.search(r"hx-on|hx-vals=.js:|javascript:", texte)
    for balise, corps in re.findall(r"<script([^>]*)>(.*?)</script>", texte, flags=re.DOTALL):
        donnees = 'type="application/json"' in balise
        assert donnees or ("src=" in balise and not corps.strip()), "script en ligne"


@pytest.mark.parametrize("chemin", ECRANS, ids=_nom)
def test_rien_ne_vient_d_un_autre_serveur(chemin: Path) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', texte)
    assert not re.search(r'<link[^>]*href="(?:https?:)?//', texte)


@pytest.mark.parametrize("chemin", PAGES, ids=_nom)
def test_aucun_contenu_n_est_declare_sur_sans_examen(chemin: Path) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert "|safe" not in texte
    assert "autoescape off" not in texte


@pytest.mark.parametrize("chemin", ECRANS, ids=_nom)
def test_un_attribut_de_composant_n_ecrit_pas_d_entite(chemin: Path) -> None:
    """A plain attribute of a component is escaped when shown: write the no-break space itself, not `&nbsp;`."""
    texte = chemin.read_text(encoding="utf-8")
    for composant in re.findall(r"<c-[a-z-]+(?:\s+[^\s=>]+(?:=\"[^\"]*\"|='[^']*'|=[^\s>]+)?)*\s*/?>", texte):
        assert not re.search(r"&\w+;", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", composant)), composant


@pytest.mark.parametrize("chemin", ECRANS, ids=_nom)
def test_les_signes_doubles_ont_une_espace_insecable(chemin: Path) -> None:
    texte = _sans_commentaires(chemin.read_text(encoding="utf-8"))
    visible = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "x", texte, flags=re.DOTALL)
    visible = re.sub(r"<script.*?</script>", "", visible, flags=re.DOTALL)
    visible = re.sub(r"<[^>]*>", "\n", visible, flags=re.DOTALL)
    fautes = re.findall(r"[^\n]{0,25}(?:[\w»)’] [;?!»]| :(?= |$)|« )[^\n]{0,15}", visible)
    assert fautes == []


@pytest.mark.parametrize("chemin", PAGES, ids=_nom)
def test_le_texte_emploie_l_apostrophe_typographique(chemin: Path) -> None:
    texte = _sans_commentaires(chemin.read_text(encoding="utf-8"))
    visible = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<script.*?</script>|<[^>]*>", "\n", texte, flags=re.DOTALL)
    assert re.findall(r"\b\w+'\w+", visible) == []
