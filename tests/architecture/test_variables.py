"""The tests themselves are strict: a variable that no view gives cannot be rendered anywhere in our templates."""

import pytest
from django.template import Context, Template, engines
from django_cotton.compiler_regex import CottonCompiler

from jalon.config.environnement import RACINE

INDEFINIES = [
    "{{ absente }}",
    "{{ connue.absente }}",
    "{{ vide.absente }}",
    "{{ absente|default:'rien' }}",
    "{{ connue|default:absente }}",
    "{% if absente %}oui{% endif %}",
    "{% if connue and connue.absente %}oui{% endif %}",
    "{% for ligne in absente %}{{ ligne }}{% endfor %}",
    "{% firstof absente 'rien' %}",
    "{% with copie=absente %}{{ copie }}{% endwith %}",
    "{% include 'erreurs/champs_gardes.html' with champs=absente %}",
    "{% include 'erreurs/champs_gardes.html' %}",
    '<c-note titre="{{ absente }}" />',
    '<c-progression libelle="x" :valeur="absente" maximum="5" />',
]
DEFINIES = [
    "{% if vide.absente %}oui{% endif %}",
    "{% for ligne in vide.absente %}{{ ligne }}{% endfor %}",
    "{% firstof vide.absente 'rien' %}",
    "{{ vide|default:'rien' }}",
    '<c-pieces :liste="[]" />',
    "{% include 'django/forms/widgets/attrs.html' with widget=connue %}",
]


def _rendre(source: str, origine: str = "") -> str:
    gabarit = Template(CottonCompiler().process(source), engine=engines["django"].engine)  # type: ignore[attr-defined]
    if origine:
        gabarit.origin.name = origine
    return gabarit.render(Context({"connue": {"titre": "x"}, "vide": None}))


@pytest.mark.parametrize("source", INDEFINIES)
def test_une_variable_indefinie_fait_echouer(source: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="Variable de gabarit indéfinie"):
        _rendre(source)


@pytest.mark.parametrize("source", DEFINIES)
def test_ce_qui_est_vide_ou_ecrit_par_d_autres_passe(source: str) -> None:
    _rendre(source)


def test_nos_gabarits_sont_reconnus_a_leur_dossier() -> None:
    with pytest.raises(pytest.fail.Exception, match="absente"):
        _rendre("{{ absente }}", str(RACINE / "src" / "jalon" / "web" / "templates" / "base.html"))
    assert _rendre("{{ absente }}", "/ailleurs/base.html") == ""
