"""Weights that a slow network allows (design, pages.md), and what the script must not do."""

import gzip
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

STATIQUES = Path(__file__).parents[3] / "src/jalon/web/static"
KO = 1024


def _poids(octets: bytes) -> int:
    return len(gzip.compress(octets, 9))


def test_la_feuille_de_style_pese_moins_de_15_ko() -> None:
    assert _poids((STATIQUES / "app.css").read_bytes()) <= 15 * KO


def test_les_scripts_pesent_moins_de_25_ko_htmx_compris() -> None:
    htmx = (files("django_htmx") / "static/django_htmx/htmx-2.min.js").read_bytes()
    assert _poids((STATIQUES / "app.js").read_bytes()) + _poids(htmx) <= 25 * KO


def test_les_polices_pesent_moins_de_95_ko() -> None:
    assert sum(f.stat().st_size for f in (STATIQUES / "fonts").glob("*.woff2")) <= 95 * KO


@pytest.mark.parametrize(
    "interdit", [r"\beval\(", r"new Function", r"innerHTML\s*=", r"document\.write", r"localStorage", r"sessionStorage"]
)
def test_le_script_n_evalue_rien_et_ne_garde_rien(interdit: str) -> None:
    assert not re.search(interdit, (STATIQUES / "app.js").read_text(encoding="utf-8"))


def test_les_polices_sont_servies_sous_leur_nom_hache(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (css,) = tmp_path.glob("app.*.css")
    adresses = re.findall(r'url\("([^"]+)"\)', css.read_text(encoding="utf-8"))
    assert len(adresses) == 2
    for adresse in adresses:
        assert re.fullmatch(r"fonts/[\w-]+\.[0-9a-f]{12}\.woff2", adresse)
        assert (tmp_path / adresse).exists()
