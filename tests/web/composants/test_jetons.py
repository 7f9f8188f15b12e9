"""Colours are tokens, and each pair used together keeps the floor of the design (4.5 for text, 3 for borders)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "src/jalon/web/static/app.css").read_text(encoding="utf-8")
TEXTES = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "rail"), ("ink", "sunken"), ("ink", "pine-soft"),
    ("ink-2", "paper"), ("ink-2", "surface"), ("ink-2", "rail"), ("ink-2", "sunken"),
    ("ink-2", "info-bg"), ("ink-2", "ok-bg"), ("ink-2", "warn-bg"), ("ink-2", "bad-bg"),
    ("ink-3", "paper"), ("ink-3", "surface"), ("ink-3", "sunken"), ("ink-3", "rail"), ("ink-3", "pine-soft"),
    ("pine", "paper"), ("pine", "surface"), ("pine", "pine-tint"), ("pine", "pine-soft"),
    ("pine-strong", "surface"), ("pine-strong", "pine-tint"), ("on-pine", "pine"), ("on-pine", "pine-strong"),
    ("on-mirabelle", "mirabelle"),
    ("info", "info-bg"), ("ok", "ok-bg"), ("warn", "warn-bg"), ("bad", "bad-bg"), ("violet", "violet-bg"), ("neutral", "neutral-bg"),
    ("bad", "surface"), ("bad", "paper"), ("ok", "surface"), ("warn", "surface"), ("surface", "ink"), ("surface", "ok"), ("surface", "bad"),
]  # fmt: skip
BORDURES = [("line-strong", "surface"), ("line-strong", "paper"), ("pine", "surface"), ("bad", "surface"), ("ink", "mirabelle")]


def _blocs() -> dict[str, dict[str, str]]:
    clair = _jetons(CSS[CSS.index("  :root {") :])
    choisi = _jetons(CSS[CSS.index(':root[data-theme="dark"] {') :])
    systeme = _jetons(CSS[CSS.index(':root:not([data-theme="light"]) {') :])
    return {"clair": clair, "sombre": {**clair, **choisi}, "systeme": {**clair, **systeme}}


def _jetons(suite: str) -> dict[str, str]:
    bloc = suite[suite.index("{") + 1 : suite.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", bloc))


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def _contraste(une: str, autre: str) -> float:
    haute, basse = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (haute + 0.05) / (basse + 0.05)


@pytest.mark.parametrize("theme", ["clair", "sombre"])
@pytest.mark.parametrize(("encre", "fond"), TEXTES)
def test_un_texte_se_lit_sur_son_fond(theme: str, encre: str, fond: str) -> None:
    jetons = _blocs()[theme]
    assert _contraste(jetons[encre], jetons[fond]) >= 4.5


@pytest.mark.parametrize(("trait", "fond"), BORDURES)
def test_une_bordure_de_controle_se_voit(trait: str, fond: str) -> None:
    jetons = _blocs()["clair"]
    assert _contraste(jetons[trait], jetons[fond]) >= 3
    if trait == "line-strong":
        sombre = _blocs()["sombre"]
        assert _contraste(sombre[trait], sombre[fond]) >= 3


def test_le_theme_du_systeme_et_le_theme_choisi_sont_les_memes() -> None:
    blocs = _blocs()
    assert blocs["sombre"] == blocs["systeme"]


def test_les_composants_n_emploient_pas_de_couleur_brute() -> None:
    composants = CSS[CSS.index("@layer components {") : CSS.index("@layer utilities {")]
    sans_marque = re.sub(r"\.brand__bg.*", "", composants)
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[^\"]*[;}])", sans_marque) == []


def test_chaque_jeton_employe_existe() -> None:
    definis = set(re.findall(r"(--[\w-]+)\s*:", CSS))
    assert set(re.findall(r"var\((--[\w-]+)", CSS)) <= definis


def test_pas_de_priorite_forcee_ni_d_adresse_exterieure() -> None:
    regles = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    assert "!important" not in regles
    assert re.findall(r"url\(([^)]*)\)", CSS) == [
        '"fonts/inter-latin-wght-normal.woff2"',
        '"fonts/bricolage-grotesque-latin-wght-normal.woff2"',
    ]
